using Dispatch.Domain.Zones;

namespace Dispatch.Api.Zones;

/// <summary>A place that hands out tools and parts.</summary>
public sealed record DepotView(string Id, string Name, PlaceView Place);

/// <summary>A territory and its depot.</summary>
/// <param name="Territory">A ring; the last place joins the first.</param>
public sealed record ZoneView(string Id, string Name, IReadOnlyList<PlaceView> Territory, DepotView? Depot, long Version)
{
    public static ZoneView Of(ZoneState zone, long version) => new(
        zone.Id.Value, zone.Name, [.. zone.Territory.Select(PlaceView.Of)], zone.Depot is { } depot ? new DepotView(depot.Id.Value, depot.Name, PlaceView.Of(depot.Place)) : null, version);
}
