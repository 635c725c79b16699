using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServiceDesk;

using Answer = Task<Results<Ok<DeskReplyView>, Refused>>;

/// <summary>Complaints and disputes as the desk works on them. The customer's side is in <see cref="TrackedDeskRoutes"/>.</summary>
internal static class CaseRoutes
{
    private const string Kind = ChangeToken.Case;

    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 412, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder cases = routes.MapGroup("/cases").WithTags("Cases");
        cases.MapPost("", Open).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Take down a complaint");
        cases.MapGet("", List).RequireAccess(Act.WorkDesk).Refuses(400, 401, 403, 503).WithListParameters(DeskQuery.Names).WithSummary("Complaints, newest first");
        cases.MapGet("/{id}", Get).RequireAccess(Act.WorkDesk).Refuses(401, 403, 404).WithSummary("One complaint with every step and what can be done now");
        Step("take", Take, "Become responsible, or name who is");
        Step("note", Note, "A note of the investigation, which the customer does not see");
        Step("state", State, "The house's side, which the customer sees");
        Step("propose", Propose, "Propose a remedy");
        Step("answer", AnswerIt, "What the customer said on the phone");
        Step("refer", Refer, "Refer a dispute to mediation outside");
        Step("settle", Settle, "What was agreed is done");
        Step("close", Close, "Close it without a settlement, and say why");

        void Step(string name, Delegate handler, string summary) => cases.MapPost($"/{{id}}/{name}", handler).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary(summary);
    }

    private static async Task<Results<Created<DeskReplyView>, Refused>> Open(Posted<OpenCaseRequest> posted, DeskThings things, CaseIntake intake, Ownership ownership, CancellationToken cancellation)
    {
        (Caller caller, OpenCaseRequest body) = (posted.Caller, posted.Value);
        if ((await ownership.Job(caller, body.JobId!, Act.ReadJob)).Refused is { } unknown)
            return unknown;
        if (body.ContactId is { } contact && (await things.Find(caller, contact, Act.FollowContact)).Refused is { } elsewhere)
            return elsewhere;
        (DeskReplyView? reply, Refused? refused) = await intake.Open(
            caller, CaseParty.Desk(caller.Subject), new JobId(body.JobId!), body.ContactId is null ? null : new ContactId(body.ContactId), body.Reason!, body.Wish, body.Text!, posted.OperationOn("cases"), cancellation);
        return refused is null ? TypedResults.Created($"/v1/cases/{reply!.Id}", reply) : refused;
    }

    private static async Task<Results<Ok<CaseList>, Refused>> List(DeskQuery query, Caller caller, DeskLists lists, CancellationToken cancellation)
    {
        (IReadOnlyList<CaseListItem>? items, string? next, Refused? refused) = await lists.Read(caller.Tenant, Kind, query, row => row.ToCaseItem(), cancellation);
        return refused is null ? TypedResults.Ok(new CaseList(items!, next)) : refused;
    }

    private static async Task<Results<Ok<CaseDetail>, Refused>> Get(string id, Caller caller, DeskThings things, CaseIntake intake, CancellationToken cancellation)
    {
        (VersionedDesk<CaseState>? found, Refused? refused) = await things.FindCase(caller, id);
        if (refused is not null)
            return refused;
        CaseState state = found!.State;
        IReadOnlyDictionary<string, string> words = await intake.Words(state, cancellation);
        return TypedResults.Ok(new CaseDetail(
            CaseListItem.Of(state, found.Version),
            [.. state.Entries.Select(e => new CaseEntryView(e.Step, e.Party.Side, e.Party.By, e.At, e.Text is { } text ? words.GetValueOrDefault(text.Id) : null))],
            [.. state.Proposals.Select(p => ProposalView.Of(p, words))],
            [.. CaseSteps.OpenTo(state, CaseParty.Desk(caller.Subject))]));
    }

    /// <summary>Whoever is made responsible works at the desk.</summary>
    private static async Answer Take(string id, Posted<TakeCaseRequest> posted, DeskThings things, DeskCommands desk, Accounts accounts, CancellationToken cancellation)
    {
        (Caller caller, TakeCaseRequest body) = (posted.Caller, posted.Value);
        if (body.ResponsibleId is { } named && named != caller.Subject && !await accounts.WorksAtDesk(caller.Tenant, named, cancellation))
            return Refused.With(422, "case.responsible_unknown", ("responsibleId", named));
        return await ByDesk(id, "take", null, posted, things, desk, (by, _) => new TakeCase(by, body.ResponsibleId ?? by.By, body.DueAt?.ToUniversalTime()), cancellation);
    }

    private static Answer Note(string id, Posted<DeskTextRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "note", posted.Value.Text, posted, things, desk, (by, text) => new NoteInCase(by, text!), cancellation);

    private static Answer State(string id, Posted<DeskTextRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "state", posted.Value.Text, posted, things, desk, (by, text) => new StateInCase(by, text!), cancellation);

    private static Answer Propose(string id, Posted<ProposeRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "propose", posted.Value.Text, posted, things, desk, (by, text) => new ProposeRemedy(by, DayCheck.ToWord<CaseRemedy>(posted.Value.Remedy!), posted.Value.Amount, text), cancellation);

    private static Answer AnswerIt(string id, Posted<AnswerProposalRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "answer", posted.Value.Text, posted, things, desk, (by, text) => new AnswerProposal(by, posted.Value.Number!.Value, posted.Value.Accept!.Value, text), cancellation);

    private static Answer Refer(string id, Posted<DeskTextRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "refer", posted.Value.Text, posted, things, desk, (by, text) => new ReferCase(by, text!), cancellation);

    private static async Answer Settle(string id, Posted<SettleRequest> posted, DeskThings things, DeskCommands desk, Ownership ownership, CancellationToken cancellation)
    {
        if (posted.Value.JobId is { } job && (await ownership.Job(posted.Caller, job, Act.ReadJob)).Refused is { } unknown)
            return unknown;
        return await ByDesk(id, "settle", posted.Value.Text, posted, things, desk, (by, text) => new SettleCase(by, posted.Value.ToSettlement(), text), cancellation);
    }

    private static Answer Close(string id, Posted<CloseCaseRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        ByDesk(id, "close", posted.Value.Text, posted, things, desk, (by, text) => new CloseCase(by, DayCheck.ToWord<CaseEnding>(posted.Value.Ending!), text!), cancellation);

    private static Answer ByDesk<T>(
        string id, string step, string? words, Posted<T> posted, DeskThings things, DeskCommands desk, Func<CaseParty, DeskText?, CaseCommand> command, CancellationToken cancellation) where T : class, IRequestBody =>
        Execute(posted.Caller, CaseParty.Desk(posted.Caller.Subject), id, step, words, posted.OperationOn(Kind), things, desk, command, cancellation);

    internal static async Answer Execute(
        Caller caller, CaseParty party, string id, string step, string? words, Operation operation, DeskThings things, DeskCommands desk, Func<CaseParty, DeskText?, CaseCommand> command, CancellationToken cancellation)
    {
        if ((await things.FindCase(caller, id)).Refused is { } unknown)
            return unknown;
        (DeskReplyView? reply, Refused? refused) = await desk.Run(caller, Kind, id, step, words, operation,
            text => things.Case(caller.Tenant, new CaseId(id)).Execute(command(party, text), operation), cancellation);
        return refused is null ? TypedResults.Ok(reply) : refused;
    }
}
