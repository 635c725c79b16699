using System.Collections.Frozen;
using System.Text.Json;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Catalogue;

/// <summary>A kind of fault customers choose from.</summary>
/// <param name="Device"><c>phone</c> or <c>camera</c>; nothing for either.</param>
/// <param name="Severity">What it usually is.</param>
/// <param name="Bench">The kind of bench it takes at a service point.</param>
/// <param name="Needs">What it usually takes; nothing where somebody has to look first.</param>
public sealed record Category(string Code, string Name, string? Device, Severity Severity, string Bench, NeedsView? Needs)
{
    internal ServiceNeeds? ToNeeds() => Needs is null ? null : ServiceNeeds.Of(
        Needs.Skills.Select(s => new SkillLevel(s.Code, s.Level)), Needs.Tools, Needs.Parts.Select(p => new PartQuantity(p.Code, p.Quantity)),
        TimeSpan.FromSeconds(Needs.ServiceSeconds), Needs.Priority);
}

/// <summary>What the house repairs.</summary>
public sealed record CatalogueView(IReadOnlyList<string> Brands, IReadOnlyList<Category> Categories);

/// <summary>The catalogue, data beside the code: catalogue.json.</summary>
internal sealed class CatalogueData
{
    private readonly FrozenDictionary<string, Category> _byCode;

    private CatalogueData(CatalogueView view) => (View, _byCode) = (view, view.Categories.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal));

    public static CatalogueData Shared { get; } = Load();

    /// <summary>Kinds of benches there can be.</summary>
    public static IReadOnlyList<string> Benches { get; } = ["board", "camera", "phone", "software"];

    public CatalogueView View { get; }

    public IEnumerable<string> Codes => _byCode.Keys;

    /// <exception cref="KeyNotFoundException">No such category; requests are checked before.</exception>
    public Category Get(string code) => _byCode[code];

    private static CatalogueData Load()
    {
        using Stream stream = typeof(CatalogueData).Assembly.GetManifestResourceStream("catalogue.json")
            ?? throw new InvalidOperationException("catalogue.json is not built into the assembly.");
        return new(JsonSerializer.Deserialize<CatalogueView>(stream, ApiJson.Options)!);
    }
}
