using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Zones;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Zones;

public sealed record DepotInput([property: Required] string? Name, [property: Required] PlaceInput? Place);

/// <param name="Territory">A ring; whether the first place is repeated at the end does not matter.</param>
/// <param name="ZoneId">To choose the id, or to give an existing zone a new shape; one is made if left out.</param>
public sealed record DefineZoneRequest(
    [property: Required] string? Name, [property: Required] IReadOnlyList<PlaceInput?>? Territory, [property: Required] DepotInput? Depot, string? ZoneId) : IRequestBody
{
    private const int LongestName = 100, MostPlaces = 2_000;

    public void Validate(Check check)
    {
        check.Line(Name, "name", LongestName);
        check.Each(Territory, "territory", 3, MostPlaces, check.Place);
        if (check.Present(Depot, "depot"))
            check.Within("depot", c =>
            {
                c.Line(Depot.Name, "name", LongestName);
                c.Place(Depot.Place, "place");
            });
        if (ZoneId is not null && !Words.IsId(ZoneId, Domain.ZoneId.Prefix))
            check.Fault("zoneId", "bad_form");
    }
}

public sealed record ZoneListView(IReadOnlyList<ZoneView> Items);

internal static class ZoneRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder zones = routes.MapGroup("/zones").WithTags("Zones");
        zones.MapPost("", Define).RequireAccess(Act.DefineZone).Refuses(400, 401, 403, 413, 415, 422, 503).WithSummary("Define a zone, or give it a new shape");
        zones.MapGet("", List).RequireAccess(Act.ReadZone).Refuses(400, 401, 403, 503).WithListParameters("token").WithSummary("Every zone");
        zones.MapGet("/{id}", Get).RequireAccess(Act.ReadZone).Refuses(401, 403, 404).WithSummary("One zone");
        zones.MapGet("/{id}/plan", Plan).RequireAccess(Act.ReadZone).Refuses(401, 403, 404).WithSummary("Tentative routes");
    }

    /// <summary>Answers once the shape counts for new jobs, so that one can be requested there at once.</summary>
    private static async Task<Results<Created<ZoneView>, Refused>> Define(
        Posted<DefineZoneRequest> posted,
        IGrainFactory grains,
        ReadBarrier barrier,
        TerritoryIndex territories,
        CancellationToken cancellation
    )
    {
        (Caller caller, DefineZoneRequest body) = (posted.Caller, posted.Value);
        Place[] ring = [.. body.Territory!.Select(p => p!.ToPlace())];
        if (TerritoryIndex.ToTerritory(ring).Refusal is { } impossible)
            return Refused.Of(impossible);
        Operation operation = posted.OperationOn("zones");
        ZoneId id = body.ZoneId is { } chosen ? new ZoneId(chosen) : ZoneId.Derive(caller.Tenant, operation.Id);
        Depot depot = new(new DepotId(DepotId.Prefix + id.Value[ZoneId.Prefix.Length..]), body.Depot!.Name!.Trim(), body.Depot.Place!.ToPlace());
        DefineZone command = new(id, caller.Tenant, body.Name!.Trim(), [.. ring], depot);
        ZoneReply reply = await grains.GetGrain<IZoneGrain>(GrainKeys.Of(caller.Tenant, id.Value)).Execute(command, operation);
        if (reply.Refusal is { } refusal)
            return Refused.Of(refusal);
        ChangeToken change = new(ChangeToken.Zone, id.Value, reply.Version);
        if (!await barrier.Reached(caller.Tenant, change, cancellation))
            return EdgeRefusals.ReadBehind(change.ToString());
        ZoneView defined = ZoneView.Of(new ZoneState(id, caller.Tenant, command.Name, command.Territory, depot), reply.Version);
        return TypedResults.Created($"/v1/zones/{id.Value}", defined.On(await territories.Current(caller.Tenant, cancellation)));
    }

    private static async Task<Results<Ok<ZoneListView>, Refused>> List(
        ListQuery query,
        Caller caller,
        ViewReader views,
        ReadBarrier barrier,
        TerritoryIndex territories,
        CancellationToken cancellation
    )
    {
        if (await barrier.Wait(caller.Tenant, query.Token, cancellation) is { } behind)
            return behind;
        List<StoredView> rows = await views.List(caller.Tenant, ChangeToken.Zone, new ViewFilter(), null, ListQuery.LargestLimit, cancellation);
        TerritoryMap map = await territories.Current(caller.Tenant, cancellation);
        return TypedResults.Ok(new ZoneListView([.. rows.Select(r => r.ToZoneView().On(map)).OrderBy(z => z.Id, StringComparer.Ordinal)]));
    }

    private static async Task<Results<Ok<ZoneView>, Refused>> Get(
        string id,
        Caller caller,
        Ownership ownership,
        TerritoryIndex territories,
        CancellationToken cancellation
    )
    {
        (StoredView? zone, Refused? refused) = await ownership.Zone(caller, id, Act.ReadZone, cancellation);
        return refused is null ? TypedResults.Ok(zone!.ToZoneView().On(await territories.Current(caller.Tenant, cancellation))) : refused;
    }

    private static async Task<Results<Ok<PlanView>, Refused>> Plan(string id, Caller caller, Ownership ownership, PlanReader plans, CancellationToken cancellation)
    {
        (_, Refused? refused) = await ownership.Zone(caller, id, Act.ReadZone, cancellation);
        if (refused is not null)
            return refused;
        return TypedResults.Ok(await plans.Find(caller.Tenant, new ZoneId(id)) is { } plan ? PlanView.Of(plan) : PlanView.None(id));
    }
}
