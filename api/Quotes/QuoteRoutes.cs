using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Quotes;

using Answer = Task<Results<Ok<JobReplyView>, Refused>>;

/// <summary>Quotes of a job and what it costs. The customer's own answer comes by <see cref="Tracking.TrackingRoutes"/>.</summary>
internal static class QuoteRoutes
{
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder jobs = routes.MapGroup("/jobs/{id}").WithTags("Quotes");
        jobs.MapPost("/quotes", Give).RequireAccess(Act.GiveQuote).Refuses(Refusals).WithSummary("Say what the repair would cost");
        jobs.MapPost("/quotes/{number:int:min(1)}/answer", Record).RequireAccess(Act.AnswerQuote).Refuses(Refusals).WithSummary("Write down the customer's yes or no");
        jobs.MapGet("/costs", Costs).RequireAccess(Act.ReadCosts).Refuses(401, 403, 404, 422).WithSummary("What the job costs the house, and its margin");
    }

    private static async Answer Give(string id, Posted<GiveQuoteRequest> posted, Ownership ownership, QuoteWriter writer)
    {
        Caller caller = posted.Caller;
        if (caller.May(Act.GiveQuote, WorksSomewhere(caller)) is { } forbidden)
            return forbidden;
        if (posted.Value.ToTariff() is not null && caller.May(Act.StateTerms) is { } others)
            return others;
        if (caller.Technician is not null && posted.Value.Epoch is null)
            return EdgeRefusals.Invalid("epoch", "missing");
        if (!Words.IsId(id, JobId.Prefix) || await ownership.JobGrain(caller.Tenant, new JobId(id)).Get() is not { State: var job })
            return Refused.Of(JobRefusals.Unknown(new JobId(id)));
        (GiveQuote? command, Refusal? refusal) = await writer.Prepare(caller, job, posted.Value);
        return await JobCommandRoutes.ExecuteOrRefuse(id, posted, ownership, command, refusal);
    }

    private static Answer Record(string id, int number, Posted<AnswerQuoteRequest> posted, Ownership ownership)
    {
        Caller caller = posted.Caller;
        if (caller.May(Act.AnswerQuote, WorksSomewhere(caller) || caller.TrackedJob?.Value == id) is { } refused)
            return Task.FromResult<Results<Ok<JobReplyView>, Refused>>(refused);
        return JobCommandRoutes.Execute(
            id, posted, ownership, new AnswerQuote(caller.Technician, caller.Point, number, posted.Value.Approved!.Value, caller.TrackedJob is null ? QuoteAnswerer.Staff : QuoteAnswerer.Customer));
    }

    private static async Task<Results<Ok<CostView>, Refused>> Costs(string id, Caller caller, Ownership ownership, CostDesk desk, CancellationToken cancellation)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(caller, id, Act.ReadCosts);
        if (refused is not null)
            return refused;
        (CostView? view, refused) = await desk.Of(caller, job!.State, cancellation);
        return refused is null ? TypedResults.Ok(view) : refused;
    }

    /// <summary>Technicians and staff of a point act on what is theirs; whether this job is, it says itself, with its present state.</summary>
    private static bool WorksSomewhere(Caller caller) => caller.Technician is not null || caller.Point is not null;
}
