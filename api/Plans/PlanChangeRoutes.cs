using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Intents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Plans;

using Answer = Task<Results<Ok<PlanChangeView>, Refused>>;

/// <summary>Changing the plan of several technicians at once.</summary>
internal static class PlanChangeRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/zones/{id}/plan-changes", Change).WithTags("Zones").RequireAccess(Act.ChangePlan).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503)
            .WithSummary("Move jobs between technicians, all of them or none");
        routes.MapGet("/plan-changes/{id}", Get).WithTags("Zones").RequireAccess(Act.ChangePlan).Refuses(401, 403, 404).WithSummary("What became of a change of plan");
    }

    private static async Answer Change(string id, Posted<PlanChangeRequest> posted, Ownership ownership, PlanDesk desk, IGrainFactory grains, CancellationToken cancellation)
    {
        (StoredView? zone, Refused? refused) = await ownership.Zone(posted.Caller, id, Act.ChangePlan, cancellation);
        if (refused is not null)
            return refused;
        Operation operation = posted.OperationOn("plans");
        IntentId intent = IntentId.Derive(posted.Caller.Tenant, operation.Id);
        IIntentGrain grain = grains.GetGrain<IIntentGrain>(GrainKeys.Of(posted.Caller.Tenant, intent.Value));
        // A repetition goes on with what was stated the first time, although the jobs may have moved since, because of it.
        OpenIntent? command = await grain.Get() is { } known ? Again(known.State) : null;
        if (command is null)
            (command, refused) = await desk.Prepare(posted, intent, new ZoneId(zone!.Id));
        if (refused is not null)
            return refused;
        IntentReply reply = await grain.Apply(command!, operation);
        if (reply.Refusal is { } refusal)
            return Refused.Of(refusal);
        PlanChangeView view = PlanChangeView.Of(reply.Intent!);
        return reply.Intent!.State.Why is { } why ? Refused.Of(why, view.ToJson()) : TypedResults.Ok(view);
    }

    private static async Answer Get(string id, Caller caller, IGrainFactory grains)
    {
        if (caller.May(Act.ChangePlan) is { } refused)
            return refused;
        VersionedIntent? found = Words.IsId(id, IntentId.Prefix) ? await grains.GetGrain<IIntentGrain>(GrainKeys.Of(caller.Tenant, id)).Get() : null;
        return found is null ? Refused.Of(IntentRefusals.Unknown(new IntentId(id))) : TypedResults.Ok(PlanChangeView.Of(found));
    }

    private static OpenIntent Again(IntentState intent) => new(intent.Id, intent.Tenant, intent.Zone, intent.Moves, intent.Reason, intent.Overrules, intent.DecideBy - intent.OpenedAt);
}
