using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServicePoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServicePoints;

internal static class PointRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder points = routes.MapGroup("/points").WithTags("Service points");
        points.MapPost("", Define).RequireAccess(Act.DefinePoint).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("Define a service point, or give it another definition");
        points.MapGet("", List).RequireAccess(Act.ReadPoint).Refuses(400, 401, 403, 503).WithListParameters("zone", "token").WithSummary("Every service point");
        points.MapGet("/{id}", Get).RequireAccess(Act.ReadPoint).Refuses(401, 403, 404).WithSummary("One service point");
    }

    /// <summary>Answers once the lists show the point, so that a console opened now has it.</summary>
    private static async Task<Results<Created<PointView>, Refused>> Define(
        Posted<DefinePointRequest> posted, Ownership ownership, Accounts accounts, ViewReader views, ReadBarrier barrier, CancellationToken cancellation)
    {
        (Caller caller, DefinePointRequest body) = (posted.Caller, posted.Value);
        ServicePointProfile profile = body.ToProfile();
        foreach (ZoneId zone in profile.Serves.Prepend(profile.Zone).Distinct())
            if (await views.VersionOf(caller.Tenant, ChangeToken.Zone, zone.Value, cancellation) == 0)
                return Refused.Of(ZoneDecider.Unknown(zone));
        Operation operation = posted.OperationOn("points");
        ServicePointId id = body.PointId is { } chosen ? new ServicePointId(chosen) : ServicePointId.Derive(caller.Tenant, operation.Id);
        if (body.SignIn is { } signIn && await accounts.AddFor(caller.Tenant, signIn.User!, signIn.Password!, Role.Point, id.Value, profile.Name, cancellation) is { } taken)
            return taken;
        ServicePointReply reply = await ownership.PointGrain(caller.Tenant, id).Execute(new DefineServicePoint(id, caller.Tenant, profile, body.ToStock()), operation);
        if (reply.Refusal is { } refusal)
            return Refused.Of(refusal);
        ChangeToken change = new(ChangeToken.Point, id.Value, reply.Version);
        if (!await barrier.Reached(caller.Tenant, change, cancellation))
            return EdgeRefusals.ReadBehind(change.ToString());
        // As defined, and not as it is by now: a repetition reads the same.
        return TypedResults.Created($"/v1/points/{id.Value}", PointView.Of(new ServicePointState(id, caller.Tenant, profile, body.ToStock(), [], []), reply.Version));
    }

    private static async Task<Results<Ok<PointListView>, Refused>> List(ListQuery query, Caller caller, ViewReader views, ReadBarrier barrier, CancellationToken cancellation)
    {
        if (await barrier.Wait(caller.Tenant, query.Token, cancellation) is { } behind)
            return behind;
        List<StoredView> rows = await views.List(caller.Tenant, ChangeToken.Point, new ViewFilter(query.Zone), null, ListQuery.LargestLimit, cancellation);
        return TypedResults.Ok(new PointListView([.. rows.Select(r => r.ToPointView()).OrderBy(p => p.Id, StringComparer.Ordinal)]));
    }

    private static async Task<Results<Ok<PointView>, Refused>> Get(string id, Caller caller, Ownership ownership)
    {
        (VersionedPoint? point, Refused? refused) = await ownership.Point(caller, id, Act.ReadPoint);
        return refused is null ? TypedResults.Ok(PointView.Of(point!.State, point.Version)) : refused;
    }
}
