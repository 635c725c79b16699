using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Api.Quotes;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Tracking;

/// <param name="Reason">In the customer's words, if they like.</param>
public sealed record TrackedCancelRequest(string? Reason) : IOptionalRequest
{
    public void Validate(Check check) => check.TextIfGiven(Reason, "reason", JobLimits.Reason, 0);
}

/// <summary>Nothing to say but that it is so.</summary>
public sealed record TrackedConfirmRequest : IOptionalRequest
{
    public void Validate(Check check)
    {
    }
}

/// <summary>The customer's side: the token in the path is the right to one job.</summary>
internal static class TrackingRoutes
{
    private static readonly int[] Refusals = [400, 404, 409, 410, 412, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder track = routes.MapGroup("/track/{token}").WithTags("Tracking");
        track.MapGet("", Look).RequireAccess(Act.Track).Refuses(404, 410).WithSummary("How the repair stands");
        track.MapPost("/cancel", Cancel).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Call the repair off");
        track.MapPost("/confirm", Confirm).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("The device is back");
        track.MapPost("/reschedule", Reschedule).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Other windows");
        track.MapPost("/quotes/{number:int:min(1)}/answer", Answer).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Yes or no to the quote");
    }

    private static async Task<Results<Ok<TrackingView>, Refused>> Look(string token, TrackingLinks links, TrackingDesk desk, CancellationToken cancellation)
    {
        (TrackedCustomer? tracked, Refused? refused) = await links.Open(token);
        if (refused is not null)
            return refused;
        return await desk.Look(tracked!.Caller, tracked.Job.State.Id, cancellation) is { } view ? TypedResults.Ok(view) : EdgeRefusals.TrackUnknown();
    }

    private static Task<Results<Ok<JobReplyView>, Refused>> Cancel(string token, Posted<TrackedCancelRequest> posted, TrackingLinks links, Ownership ownership) =>
        Execute(token, posted, links, ownership, new CancelJob(string.IsNullOrWhiteSpace(posted.Value.Reason) ? "customer" : posted.Value.Reason.Trim()));

    private static Task<Results<Ok<JobReplyView>, Refused>> Confirm(string token, Posted<TrackedConfirmRequest> posted, TrackingLinks links, Ownership ownership) =>
        Execute(token, posted, links, ownership, new ConfirmReturn());

    private static Task<Results<Ok<JobReplyView>, Refused>> Answer(
        string token, int number, Posted<AnswerQuoteRequest> posted, TrackingLinks links, Ownership ownership) =>
        Execute(token, posted, links, ownership, new AnswerQuote(null, null, number, posted.Value.Approved!.Value, QuoteAnswerer.Customer));

    private static Task<Results<Ok<JobReplyView>, Refused>> Reschedule(string token, Posted<RescheduleRequest> posted, TrackingLinks links, Ownership ownership) =>
        Execute(token, posted, links, ownership, new RescheduleJob([.. posted.Value.Windows!.Select(w => w!.ToWindow())], posted.Value.Version));

    private static async Task<Results<Ok<JobReplyView>, Refused>> Execute<T>(
        string token, Posted<T> posted, TrackingLinks links, Ownership ownership, JobCommand command) where T : class, IRequestBody
    {
        (TrackedCustomer? tracked, Refused? refused) = await links.Open(token);
        if (refused is not null)
            return refused;
        Caller customer = tracked!.Caller;
        JobReply reply = await ownership.JobGrain(customer.Tenant, tracked.Job.State.Id).Execute(command, posted.OperationOn("job", customer));
        return reply.ToResult(customer);
    }
}
