namespace Engine.Conformance.Contracts;

/// <summary>
/// Two types of one wire name. Orleans' analyzer refuses them within one assembly, so this file is left out of that
/// build; the rule looks over all assemblies.
/// </summary>
public sealed class AliasTests
{
    [Fact]
    public void RepeatedAlias_IsFound() => Assert.Contains(
        ContractRules.Check([typeof(IPlantedNames)], typeof(AliasTests).Assembly),
        found => found.Contains("SameName has the alias 'conformance.settable' of Settable"));

    private interface IPlantedNames
    {
        Task Take(Settable first, SameName second);
    }
}

[GenerateSerializer, Alias("conformance.settable")]
public sealed record SameName([property: Id(0)] string Text);
