using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Zones;

/// <summary>A depot of a zone: where a technician calls once to fetch tools and parts.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.depot")]
public sealed record Depot([property: Id(0)] DepotId Id, [property: Id(1)] string Name, [property: Id(2)] Place Place);

/// <summary>A territory and what belongs to it. The plan itself is not stored: it is made anew from jobs and technicians.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zoneState")]
public sealed record ZoneState(
    [property: Id(0)] ZoneId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<Place> Territory,
    [property: Id(4)] Depot? Depot);

[GenerateSerializer, Immutable, Alias("dispatch.zoneCommand")]
public abstract record ZoneCommand;

/// <summary>Create the zone or give it a new shape. <see cref="Territory"/> is a ring; first and last place may be the same.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zone.define")]
public sealed record DefineZone(
    [property: Id(0)] ZoneId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<Place> Territory,
    [property: Id(4)] Depot? Depot) : ZoneCommand;

[GenerateSerializer, Immutable, Alias("dispatch.zoneEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(ZoneDefined), "zone.defined")]
public abstract record ZoneEvent;

[GenerateSerializer, Immutable, Alias("dispatch.zone.defined")]
public sealed record ZoneDefined([property: Id(0)] ZoneState Zone) : ZoneEvent;

/// <summary>Pure rules of a zone's definition.</summary>
public static class ZoneDecider
{
    /// <summary>The shape itself was checked where it came in (<c>Geo.Territory</c>); here only what depends on the state.</summary>
    public static Decision<ZoneEvent> Decide(ZoneState? state, ZoneCommand command) => command switch
    {
        DefineZone c => new ZoneDefined(new ZoneState(c.Id, c.Tenant, c.Name, c.Territory, c.Depot)),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
    };

    public static ZoneState Apply(ZoneEvent fact) => fact switch
    {
        ZoneDefined e => e.Zone,
        _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
    };

    public static Refusal Unknown(ZoneId id) => Refusal.Of("zone.unknown", RefusalKind.Unknown, ("zoneId", id));
}
