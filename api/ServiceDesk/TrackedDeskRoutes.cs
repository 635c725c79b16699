using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServiceDesk;

using Answer = Task<Results<Ok<DeskReplyView>, Refused>>;

/// <summary>The customer's side of the desk: rate, complain, answer a proposal. The token in the path is the right to one job.</summary>
internal static class TrackedDeskRoutes
{
    private static readonly int[] Refusals = [400, 403, 404, 409, 410, 412, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder track = routes.MapGroup("/track/{token}").WithTags("Tracking");
        track.MapGet("/desk", Look).RequireAccess(Act.Track).Refuses(404, 410).WithSummary("What the customer rated, and how their complaints stand");
        track.MapPost("/rating", Rate).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Rate the service");
        track.MapPost("/complaint", Complain).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Complain");
        track.MapPost("/cases/{id}/state", State).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("The customer's side of it");
        track.MapPost("/cases/{id}/answer", AnswerIt).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Accept or refuse a proposal");
        track.MapPost("/cases/{id}/withdraw", Withdraw).RequireAccess(Act.Track).Refuses(Refusals).WithSummary("Let the complaint go");
    }

    private static async Task<Results<Ok<TrackedDeskView>, Refused>> Look(
        string token, TrackingLinks links, DeskThings things, CaseIntake cases, ApiOptions options, CancellationToken cancellation)
    {
        (TrackedCustomer? tracked, Refused? refused) = await links.Open(token);
        if (refused is not null)
            return refused;
        JobState state = tracked!.Job.State;
        JobId job = state.Id;
        VersionedDesk<CallBackState>? call = await things.CallBack(options.Tenant, CallBackId.Of(options.Tenant, job)).Get();
        List<TrackedCaseView> shown = [];
        foreach (VersionedDesk<CaseState> found in await cases.Of(options.Tenant, job, cancellation))
            shown.Add(TrackedCaseView.Of(found.State, found.Version, await cases.Words(found.State, cancellation)));
        return TypedResults.Ok(new TrackedDeskView(
            state.Status == JobStatus.Closed && call?.State.Rating is null, SatisfactionView.Of(call?.State.Rating), shown.TrueForAll(c => c.EndedAt is not null), shown));
    }

    /// <summary>The job may have ended so lately that its outbox has not planned the call yet: planned here, it is the same one.</summary>
    private static async Answer Rate(
        string token, Posted<RateRequest> posted, TrackingLinks links, DeskThings things, RatingDesk ratings, ApiOptions options, CancellationToken cancellation)
    {
        (TrackedCustomer? tracked, Refused? refused) = await links.Open(token);
        if (refused is not null)
            return refused;
        JobState state = tracked!.Job.State;
        if (state is not { Status: JobStatus.Closed, Ended: { } closed })
            return Refused.Of(CallBackRefusals.JobNotClosed(state.Id));
        Caller customer = tracked.Caller;
        PlanCallBack plan = PlanCallBack.Of(options.Tenant, state.Id, closed);
        await things.CallBack(options.Tenant, plan.Id).Execute(plan, null);
        return await ratings.Rate(customer, plan.Id, posted.Value, byLink: true, posted.OperationOn("callback", customer), cancellation);
    }

    private static async Task<Results<Created<DeskReplyView>, Refused>> Complain(
        string token, Posted<ComplainRequest> posted, TrackingLinks links, CaseIntake intake, CancellationToken cancellation)
    {
        (TrackedCustomer? tracked, Refused? over) = await links.Open(token);
        if (over is not null)
            return over;
        (Caller customer, ComplainRequest body) = (tracked!.Caller, posted.Value);
        (DeskReplyView? reply, Refused? refused) = await intake.Open(
            customer, CaseParty.Customer, tracked.Job.State.Id, null, body.Reason!, body.Wish, body.Text!, posted.OperationOn("cases", customer), cancellation);
        return refused is null ? TypedResults.Created((string?)null, reply) : refused;
    }

    private static Answer State(string token, string id, Posted<DeskTextRequest> posted, TrackingLinks links, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(token, id, "state", posted.Value.Text, posted, links, things, desk, (by, text) => new StateInCase(by, text!), cancellation);

    private static Answer AnswerIt(string token, string id, Posted<AnswerProposalRequest> posted, TrackingLinks links, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(token, id, "answer", posted.Value.Text, posted, links, things, desk, (by, text) => new AnswerProposal(by, posted.Value.Number!.Value, posted.Value.Accept!.Value, text), cancellation);

    private static Answer Withdraw(string token, string id, Posted<WithdrawRequest> posted, TrackingLinks links, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(token, id, "withdraw", posted.Value.Text, posted, links, things, desk, (by, text) => new WithdrawCase(by, text), cancellation);

    /// <summary>A complaint about another job is unknown to this customer.</summary>
    private static async Answer Execute<T>(
        string token, string id, string step, string? words, Posted<T> posted, TrackingLinks links, DeskThings things, DeskCommands desk, Func<CaseParty, DeskText?, CaseCommand> command,
        CancellationToken cancellation)
        where T : class, IRequestBody
    {
        (TrackedCustomer? tracked, Refused? over) = await links.Open(token);
        if (over is not null)
            return over;
        Caller customer = tracked!.Caller;
        (VersionedDesk<CaseState>? found, Refused? unknown) = await things.FindCase(customer, id);
        if (unknown is not null || found!.State.Job != tracked.Job.State.Id)
            return unknown ?? Refused.Of(CaseRefusals.Unknown(new CaseId(id)));
        return await CaseRoutes.Execute(customer, CaseParty.Customer, id, step, words, posted.OperationOn("case", customer), things, desk, command, cancellation);
    }
}
