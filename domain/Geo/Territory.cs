using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace Dispatch.Domain.Geo;

/// <summary>
/// The area of a planning zone: a polygon in WGS-84 degrees, holes possible. The border belongs to it, so that no place between two neighbouring
/// territories belongs to neither. An edge longer than 180 degrees of longitude goes the short way, across the date line.
/// </summary>
public sealed class Territory
{
    private readonly IndexedPointInAreaLocator locator;
    private readonly Polygon polygon;
    private readonly Envelope extent;

    /// <param name="polygon">Its longitudes are counted on beyond ±180 where it crosses the date line.</param>
    private Territory(Polygon polygon, ImmutableArray<ImmutableArray<Place>> rings)
    {
        Rings = rings;
        this.polygon = polygon;
        SquareMetres = AreaOf(polygon);
        locator = new IndexedPointInAreaLocator(polygon);
        extent = polygon.EnvelopeInternal;
        var centre = polygon.InteriorPoint;
        Inside = new Place(Earth.ShortWayRound(centre.X), centre.Y);
    }

    /// <summary>The rings as given: the outer one first, then the holes; each closed.</summary>
    public ImmutableArray<ImmutableArray<Place>> Rings { get; }

    /// <summary>Some place inside, for a label.</summary>
    public Place Inside { get; }

    /// <summary>On the sphere, holes left out.</summary>
    public double SquareMetres { get; }

    /// <summary>How much of the earth two territories have in common; 0 where they share a border or nothing.</summary>
    public double SquareMetresShared(Territory other)
    {
        // Either may be counted on beyond the date line, where the other is not.
        double shared = 0;
        foreach (int turn in new[] { 0, 360, -360 })
        {
            Geometry beside = turn == 0 ? other.polygon : AffineTransformation.TranslationInstance(turn, 0).Transform(other.polygon);
            if (extent.Intersects(beside.EnvelopeInternal))
                shared += AreaOf(OverlayNGRobust.Overlay(polygon, beside, SpatialFunction.Intersection));
        }
        return shared;
    }

    public bool Contains(Place place) =>
        place.IsValid && (Has(place.Lon, place.Lat) || Has(place.Lon - 360, place.Lat) || Has(place.Lon + 360, place.Lat));

    /// <summary>
    /// Reads rings as GeoJSON orders them. Direction does not matter. Refused are <c>territory.no_ring</c>, <c>territory.ring_too_short</c> (fewer
    /// than three different points), <c>territory.ring_open</c> (last point is not the first), <c>territory.place_invalid</c> (not on the earth),
    /// <c>territory.around_pole</c> (goes once around the earth) and <c>territory.not_simple</c> (crosses or touches itself, no area, or a hole outside).
    /// </summary>
    public static TerritoryResult Of(IReadOnlyList<IReadOnlyList<Place>> rings)
    {
        if (rings.Count == 0)
        {
            return Refused("territory.no_ring");
        }

        for (var i = 0; i < rings.Count; i++)
        {
            if (Problem(rings[i], i) is { } refusal)
            {
                return new TerritoryResult(null, refusal);
            }
        }

        var outlines = rings.Select(Unwrapped).ToArray();
        var around = Array.FindIndex(outlines, outline => !outline[0].Equals2D(outline[^1]));
        if (around >= 0)
        {
            return Refused("territory.around_pole", ("ring", around));
        }

        var shell = new LinearRing(outlines[0]);
        var polygon = new Polygon(shell, [.. outlines[1..].Select(hole => new LinearRing(BesideShell(hole, shell.EnvelopeInternal)))]);
        var check = new IsValidOp(polygon);
        return check.IsValid
            ? new TerritoryResult(new Territory(polygon, [.. rings.Select(ring => ring.ToImmutableArray())]), null)
            : Refused("territory.not_simple", ("near_lon", Earth.ShortWayRound(check.ValidationError.Coordinate.X)), ("near_lat", check.ValidationError.Coordinate.Y));
    }

    private bool Has(double lon, double lat) =>
        lon >= extent.MinX && lon <= extent.MaxX && locator.Locate(new Coordinate(lon, lat)) != Location.Exterior;

    /// <summary>
    /// The ring with its longitudes counted on beyond ±180 where it crosses the date line. An edge of exactly 360 degrees lies on both sides of the map of the
    /// whole world, which is how a box around everything is drawn; it crosses nothing.
    /// </summary>
    private static Coordinate[] Unwrapped(IReadOnlyList<Place> ring)
    {
        var outline = new Coordinate[ring.Count];
        var turn = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            var step = i == 0 ? 0 : ring[i].Lon - ring[i - 1].Lon;
            turn += step is > 180 and < 360 ? -360 : step is < -180 and > -360 ? 360 : 0;
            outline[i] = new Coordinate(ring[i].Lon + turn, ring[i].Lat);
        }

        return outline;
    }

    /// <summary>A hole may be written on the other side of the date line than its outline.</summary>
    private static Coordinate[] BesideShell(Coordinate[] hole, Envelope shell)
    {
        var shift = new[] { 0, 360, -360 }.FirstOrDefault(turn => hole.All(at => shell.Contains(at.X + turn, at.Y)));
        return [.. hole.Select(at => new Coordinate(at.X + shift, at.Y))];
    }

    private static double AreaOf(Geometry geometry)
    {
        double area = 0;
        for (int i = 0; i < geometry.NumGeometries; i++)
            if (geometry.GetGeometryN(i) is Polygon part)
                area += AreaOf(part.ExteriorRing) - part.InteriorRings.Sum(AreaOf);
        return area;
    }

    /// <summary>
    /// A ring whose sides run straight in degrees: each side spans a strip of the sphere from the equator (Chamberlain and Duquette 2007).
    /// </summary>
    private static double AreaOf(LineString ring)
    {
        double strips = 0;
        Coordinate[] corners = ring.Coordinates;
        for (int i = 1; i < corners.Length; i++)
            strips +=
                Earth.Radians(corners[i].X - corners[i - 1].X)
                * (Math.Sin(Earth.Radians(corners[i].Y)) + Math.Sin(Earth.Radians(corners[i - 1].Y)));
        return Math.Abs(strips) * Earth.EquatorialRadius * Earth.EquatorialRadius / 2;
    }

    private static Refusal? Problem(IReadOnlyList<Place> ring, int number)
    {
        foreach (var place in ring)
        {
            if (!place.IsValid)
            {
                return Refusal.Of("territory.place_invalid", RefusalKind.Invalid, ("ring", number), ("lon", place.Lon), ("lat", place.Lat));
            }
        }

        if (ring.Distinct().Count() < 3)
        {
            return Refusal.Of("territory.ring_too_short", RefusalKind.Invalid, ("ring", number), ("points", ring.Count));
        }

        return ring[0] == ring[^1] ? null : Refusal.Of("territory.ring_open", RefusalKind.Invalid, ("ring", number));
    }

    private static TerritoryResult Refused(string code, params ReadOnlySpan<(string Name, object? Value)> facts) =>
        new(null, Refusal.Of(code, RefusalKind.Invalid, facts));
}

/// <summary>A territory, or why there is none; exactly one of the two.</summary>
public readonly record struct TerritoryResult(Territory? Territory, Refusal? Refusal);
