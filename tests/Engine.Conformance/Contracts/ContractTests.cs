using System.Collections.Immutable;
using Dispatch.Grains.Contracts;

namespace Engine.Conformance.Contracts;

/// <summary>Everything in the signatures of the product's grains keeps the rules, and the check would notice if not.</summary>
public sealed class ContractTests
{
    [Fact]
    public void EverythingInAGrainSignature_IsImmutableAndNumbered()
    {
        var contracts = typeof(GrainKeys).Assembly;
        var interfaces = ContractRules.GrainInterfacesOf(contracts).ToList();
        Assert.NotEmpty(interfaces);
        var complaints = ContractRules.Check(interfaces, contracts, typeof(Dispatch.Domain.TenantId).Assembly);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Fact]
    public void GoodTypes_AreNotComplainedAbout() =>
        Assert.Empty(ContractRules.Check([typeof(IGood)], typeof(ContractTests).Assembly));

    [Theory]
    [InlineData("Take: Int32[] is an array")]
    [InlineData("Take: List`1 is not known to be immutable")]
    [InlineData("Take: IReadOnlyList`1 is not known to be immutable")]
    [InlineData("Unmarked lacks [GenerateSerializer]")]
    [InlineData("Unmarked lacks [Alias]")]
    [InlineData("Unnumbered lacks [Id] on Text")]
    [InlineData("Settable can be changed: Text")]
    [InlineData("Inside.Deep > Deepest.Numbers: Int32[] is an array")]
    [InlineData("Childless is abstract and nothing known derives from it")]
    [InlineData("Child can be changed: Mood")]
    [InlineData("Now: String is no Task or ValueTask")]
    public void PlantedFault_IsFound(string complaint) =>
        Assert.Contains(ContractRules.Check([typeof(IPlanted)], typeof(ContractTests).Assembly), found => found.Contains(complaint));

    private interface IGood
    {
        Task<Good> Take(Good good, int? number, ImmutableArray<Good> list, CancellationToken cancellation);

        ValueTask<ImmutableSortedDictionary<string, GoodChild>> Give(GoodParent parent, ITurnGrain grain);
    }

    private interface IPlanted
    {
        Task Take(int[] array, List<int> list, IReadOnlyList<int> face, Unmarked unmarked, Unnumbered unnumbered);

        Task<Settable> Give();

        ValueTask<Inside> Deep(Childless childless, Parent parent);

        string Now();
    }
}

[GenerateSerializer, Immutable, Alias("conformance.good")]
public sealed record Good([property: Id(0)] string Text, [property: Id(1)] GoodValue Value);

[GenerateSerializer, Immutable, Alias("conformance.goodValue")]
public readonly record struct GoodValue([property: Id(0)] int Number);

[GenerateSerializer, Immutable, Alias("conformance.goodParent")]
public abstract record GoodParent([property: Id(0)] long Number);

[GenerateSerializer, Immutable, Alias("conformance.goodChild")]
public sealed record GoodChild(long Number, [property: Id(0)] string Text) : GoodParent(Number);

public sealed record Unmarked([property: Id(0)] string Text);

[GenerateSerializer, Alias("conformance.unnumbered")]
public sealed record Unnumbered(string Text);

[GenerateSerializer, Alias("conformance.settable")]
public sealed class Settable
{
    [Id(0)]
    public string Text { get; set; } = "";
}

[GenerateSerializer, Alias("conformance.inside")]
public sealed record Inside([property: Id(0)] Deepest Deep);

[GenerateSerializer, Alias("conformance.deepest")]
public sealed record Deepest([property: Id(0)] int[] Numbers);

[GenerateSerializer, Alias("conformance.childless")]
public abstract record Childless;

[GenerateSerializer, Alias("conformance.parent")]
public abstract record Parent;

[GenerateSerializer, Alias("conformance.child")]
public sealed record Child([property: Id(0)] string Text) : Parent
{
    [Id(1)]
    public string Mood { get; set; } = "";
}
