using Dispatch.Domain.Geo;
using Dispatch.Domain.Zones;

namespace Dispatch.Api.Zones;

/// <summary>A place that hands out tools and parts.</summary>
public sealed record DepotView(string Id, string Name, Place Place);

/// <summary>A territory and its depot.</summary>
/// <param name="Territory">A ring; the last place joins the first.</param>
public sealed record ZoneView(string Id, string Name, IReadOnlyList<Place> Territory, DepotView? Depot, long Version)
{
    public static ZoneView Of(ZoneState zone, long version) => new(
        zone.Id.Value, zone.Name, zone.Territory, zone.Depot is { } depot ? new DepotView(depot.Id.Value, depot.Name, depot.Place) : null, version);
}
