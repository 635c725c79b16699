using Dispatch.Api.Problems;
using Dispatch.Domain.Zones;

namespace Dispatch.Api.Zones;

/// <summary>A place that hands out tools and parts.</summary>
public sealed record DepotView(string Id, string Name, PlaceView Place);

/// <summary>Something about the shape that is allowed and probably not meant.</summary>
/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Text">In English; programs go by the code.</param>
public sealed record ZoneWarningView(string Code, IReadOnlyDictionary<string, string> Facts, string Text)
{
    public static ZoneWarningView Of(ZoneWarning warning) =>
        new(warning.Code, warning.Facts.ToDictionary(f => f.Name, f => f.Value), ProblemTexts.Detail(warning.Code, warning.Facts));
}

/// <summary>A territory and its depot. A place that several zones contain belongs to the smallest of them.</summary>
/// <param name="Territory">A ring; the last place joins the first.</param>
/// <param name="Warnings">Other zones it overlaps, and whether it is too large to plan; left out in streams.</param>
public sealed record ZoneView(
    string Id,
    string Name,
    IReadOnlyList<PlaceView> Territory,
    DepotView? Depot,
    long Version,
    IReadOnlyList<ZoneWarningView>? Warnings = null
)
{
    public static ZoneView Of(ZoneState zone, long version) => new(
        zone.Id.Value, zone.Name, [.. zone.Territory.Select(PlaceView.Of)], zone.Depot is { } depot ? new DepotView(depot.Id.Value, depot.Name, PlaceView.Of(depot.Place)) : null, version);

    /// <summary>With what the map of all zones says of it.</summary>
    public ZoneView On(TerritoryMap map) => this with { Warnings = [.. map.WarningsOf(new Domain.ZoneId(Id)).Select(ZoneWarningView.Of)] };
}
