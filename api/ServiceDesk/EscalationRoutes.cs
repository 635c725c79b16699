using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServiceDesk;

using Answer = Task<Results<Ok<DeskReplyView>, Refused>>;

/// <summary>The second line: who cannot solve it asks, an expert takes it with the whole history.</summary>
internal static class EscalationRoutes
{
    private const string Kind = ChangeToken.Escalation;

    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder escalations = routes.MapGroup("/escalations").WithTags("Escalations");
        escalations.MapPost("", Ask).RequireAccess(Act.AskExpert).Refuses(Refusals).WithSummary("Ask the second line about a contact or a job");
        escalations.MapGet("", List).RequireAccess(Act.ReadEscalation).Refuses(400, 401, 403, 503).WithListParameters(DeskQuery.Names).WithSummary("Questions, newest first; a technician sees their own");
        escalations.MapGet("/{id}", Get).RequireAccess(Act.ReadEscalation).Refuses(401, 403, 404).WithSummary("One question with the history behind it");
        escalations.MapPost("/{id}/take", Take).RequireAccess(Act.AnswerExpert).Refuses(Refusals).WithSummary("Take it; of several at once exactly one gets it");
        escalations.MapPost("/{id}/return", Return).RequireAccess(Act.AnswerExpert).Refuses(Refusals).WithSummary("Let another expert have it");
        escalations.MapPost("/{id}/answer", Reply).RequireAccess(Act.AnswerExpert).Refuses(Refusals).WithSummary("Answer it");
        escalations.MapPost("/{id}/give-back", GiveBack).RequireAccess(Act.AnswerExpert).Refuses(Refusals).WithSummary("Give it back without an answer, and say why");
        escalations.MapPost("/{id}/withdraw", Withdraw).RequireAccess(Act.AskExpert).Refuses(Refusals).WithSummary("Whoever asked has found it out");
    }

    private static async Task<Results<Created<DeskReplyView>, Refused>> Ask(Posted<AskExpertRequest> posted, DeskThings things, DeskCommands desk, Ownership ownership, CancellationToken cancellation)
    {
        (Caller caller, AskExpertRequest body) = (posted.Caller, posted.Value);
        if (body.JobId is { } job)
        {
            (VersionedJob? found, Refused? unknown) = await ownership.Job(caller, job, Act.AskExpert);
            // An offer is not yet a reason to ask about the job.
            if (unknown is not null || (caller.Technician is { } technician && found!.State.Assigned != technician))
                return unknown ?? EdgeRefusals.Forbidden();
        }
        if (body.ContactId is { } contact && (await things.Find(caller, contact, Act.FollowContact)).Refused is { } elsewhere)
            return elsewhere;
        Operation operation = posted.OperationOn("escalations");
        EscalationId id = EscalationId.Derive(caller.Tenant, operation.Id);
        (DeskReplyView? reply, Refused? refused) = await desk.Run(caller, Kind, id.Value, "open", body.Question, operation, text => things.Escalation(caller.Tenant, id).Execute(
            new OpenEscalation(id, caller.Tenant, body.JobId is null ? null : new JobId(body.JobId), body.ContactId is null ? null : new ContactId(body.ContactId), caller.Subject, text!), operation), cancellation);
        return refused is null ? TypedResults.Created($"/v1/escalations/{id.Value}", reply) : refused;
    }

    private static async Task<Results<Ok<EscalationList>, Refused>> List(DeskQuery query, Caller caller, DeskLists lists, CancellationToken cancellation)
    {
        string[] own = caller.May(Act.ReadEscalation) is null ? [] : [$"by:{caller.Subject}".ToLowerInvariant()];
        (IReadOnlyList<EscalationListItem>? items, string? next, Refused? refused) = await lists.Read(caller.Tenant, Kind, query, row => row.ToEscalationItem(), cancellation, own);
        return refused is null ? TypedResults.Ok(new EscalationList(items!, next)) : refused;
    }

    private static async Task<Results<Ok<EscalationDetail>, Refused>> Get(string id, Caller caller, DeskThings things, DeskTexts texts, Ownership ownership, EventHistory history, CancellationToken cancellation)
    {
        (VersionedDesk<EscalationState>? found, Refused? refused) = await things.FindEscalation(caller, id, Act.ReadEscalation);
        if (refused is not null)
            return refused;
        EscalationState state = found!.State;
        Dictionary<string, string> words = await texts.Of(caller.Tenant, id, cancellation);
        VersionedJob? job = state.Job is { } about ? await ownership.JobGrain(caller.Tenant, about).Get() : null;
        // Those who may not read the history of jobs asked because they have the job at hand.
        bool sees = job is not null && caller.May(Act.ReadJobHistory) is null;
        VersionedDesk<ContactState>? contact = state.Contact is { } from && caller.May(Act.FollowContact) is null ? await things.Contact(caller.Tenant, from).Get() : null;
        return TypedResults.Ok(new EscalationDetail(
            EscalationListItem.Of(state, found.Version), words.GetValueOrDefault(state.Question.Id), state.Reply is { } reply ? words.GetValueOrDefault(reply.Id) : null,
            sees ? JobView.Of(job!.State, job.Version) : null, sees ? await history.All(caller, new StreamName(StreamName.Job, job!.State.Id.Value), cancellation) : null,
            contact is null ? null : (await ContactRoutes.Detail(caller, contact, texts, cancellation)).Words));
    }

    private static Answer Take(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "take", null, posted, Act.AnswerExpert, things, desk, (by, _) => new TakeEscalation(by), cancellation);

    private static Answer Return(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "return", null, posted, Act.AnswerExpert, things, desk, (by, _) => new ReturnEscalation(by), cancellation);

    private static Answer Reply(string id, Posted<DeskTextRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "answer", posted.Value.Text, posted, Act.AnswerExpert, things, desk, (by, text) => new AnswerEscalation(by, text!), cancellation);

    private static Answer GiveBack(string id, Posted<DeskTextRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "giveBack", posted.Value.Text, posted, Act.AnswerExpert, things, desk, (by, text) => new GiveBackEscalation(by, text!), cancellation);

    private static Answer Withdraw(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "withdraw", null, posted, Act.AskExpert, things, desk, (by, _) => new WithdrawEscalation(by), cancellation);

    private static async Answer Execute<T>(
        string id, string step, string? words, Posted<T> posted, Act act, DeskThings things, DeskCommands desk, Func<string, DeskText?, EscalationCommand> command, CancellationToken cancellation)
        where T : class, IRequestBody
    {
        if ((await things.FindEscalation(posted.Caller, id, act)).Refused is { } unknown)
            return unknown;
        Operation operation = posted.OperationOn(Kind);
        (DeskReplyView? reply, Refused? refused) = await desk.Run(posted.Caller, Kind, id, step, words, operation,
            text => things.Escalation(posted.Caller.Tenant, new EscalationId(id)).Execute(command(posted.Caller.Subject, text), operation), cancellation);
        return refused is null ? TypedResults.Ok(reply) : refused;
    }
}
