using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Dispatch.Domain;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServiceDesk;

using Answer = Task<Results<Ok<DeskReplyView>, Refused>>;

/// <summary>Consultations and the hotline: customers come in without an account, agents take them from the queue.</summary>
internal static class ContactRoutes
{
    public const string Kind = ChangeToken.Contact;

    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    /// <summary>More are not read to measure a day.</summary>
    private const int MostMeasured = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder contacts = routes.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapPost("", Open).RequireAccess(Act.OpenContact).Refuses(Refusals).WithSummary("Ask for a consultation, or record a call");
        contacts.MapGet("", List).RequireAccess(Act.ReadDesk).Refuses(400, 401, 403, 503).WithListParameters(DeskQuery.Names).WithSummary("Contacts, newest first");
        contacts.MapGet("/promises", Promises).RequireAccess(Act.ReadDesk).Refuses(401, 403).WithSummary("How the promises of answering are kept");
        contacts.MapGet("/{id}", Get).RequireAccess(Act.FollowContact).Refuses(401, 403, 404).WithSummary("One contact with what was said");
        contacts.MapGet("/{id}/person", Person).RequireAccess(Act.WorkDesk).Refuses(401, 403, 404).WithSummary("Whom it is with; every look is audited");
        contacts.MapPost("/{id}/claim", Claim).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Take it from the queue; of several at once exactly one gets it");
        contacts.MapPost("/{id}/say", Say).RequireAccess(Act.FollowContact).Refuses(Refusals).WithSummary("Say something, or make a note");
        contacts.MapPost("/{id}/return", Return).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Give it back to the queue");
        contacts.MapPost("/{id}/end", End).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("End it with what came of it");
        contacts.MapPost("/{id}/leave", Leave).RequireAccess(Act.FollowContact).Refuses(Refusals).WithSummary("The customer leaves");
    }

    private static async Task<Results<Created<DeskReplyView>, Refused>> Open(
        Posted<OpenContactRequest> posted, DeskThings things, DeskTexts texts, DeskCommands desk, Ownership ownership, TrackingTokens tokens, CancellationToken cancellation)
    {
        (Caller caller, OpenContactRequest body) = (posted.Caller, posted.Value);
        bool isOwnWord = body.ToChannel() is ContactChannel.Web or ContactChannel.Messaging && body.ToKind() == ContactKind.Consultation && (body.JobId is null || body.JobId == caller.TrackedJob?.Value);
        if (!isOwnWord && caller.May(Act.StateChannel) is { } forbidden)
            return forbidden;
        if (body.JobId is not null && await ownership.JobGrain(caller.Tenant, new JobId(body.JobId)).Get() is null)
            return Refused.Of(Domain.Jobs.JobRefusals.Unknown(new JobId(body.JobId)));
        Operation operation = posted.OperationOn("contacts");
        ContactId id = ContactId.Derive(caller.Tenant, operation.Id);
        if (body.ToPerson() is { } person)
            await texts.PutPerson(caller.Tenant, id.Value, person, cancellation);
        (DeskReplyView? reply, Refused? refused) = await desk.Run(caller, Kind, id.Value, "open", body.Text, operation,
            text => things.Contact(caller.Tenant, id).Execute(new OpenContact(id, caller.Tenant, body.ToKind(), body.ToChannel(), body.ToTopic(caller.TrackedJob), text), operation), cancellation);
        return refused is null ? TypedResults.Created($"/v1/contacts/{id.Value}", reply! with { ContactToken = tokens.For(id) }) : refused;
    }

    private static async Task<Results<Ok<ContactList>, Refused>> List(DeskQuery query, Caller caller, DeskLists lists, CancellationToken cancellation)
    {
        (IReadOnlyList<ContactListItem>? items, string? next, Refused? refused) = await lists.Read(caller.Tenant, Kind, query, row => row.ToContactItem(), cancellation);
        return refused is null ? TypedResults.Ok(new ContactList(items!, next)) : refused;
    }

    private static async Task<Ok<PromisesView>> Promises(Caller caller, ViewReader views, DeskRules rules, BusinessClock clock, CancellationToken cancellation)
    {
        DateTimeOffset now = clock.GetUtcNow(), since = rules.BeginOf(now);
        List<StoredView> waiting = await views.List(caller.Tenant, Kind, new ViewFilter(OpenOnly: true), null, MostMeasured, cancellation);
        List<StoredView> today = await views.List(caller.Tenant, Kind, new ViewFilter(Since: since.ToUnixTimeMilliseconds()), null, MostMeasured, cancellation);
        ContactState[] contacts = [.. waiting.Concat(today).DistinctBy(row => row.Id).Select(row => row.ToContact())];
        return TypedResults.Ok(PromisesView.Of(rules.DayOf(now), now, AnswerFigures.Of(contacts, since, now, rules.At(now))));
    }

    private static async Task<Results<Ok<ContactDetail>, Refused>> Get(string id, Caller caller, DeskThings things, DeskTexts texts, CancellationToken cancellation)
    {
        (VersionedDesk<ContactState>? found, Refused? refused) = await things.Find(caller, id, Act.FollowContact);
        return refused is null ? TypedResults.Ok(await Detail(caller, found!, texts, cancellation)) : refused;
    }

    /// <summary>The customer sees neither notes nor who it was.</summary>
    internal static async Task<ContactDetail> Detail(Caller caller, VersionedDesk<ContactState> found, DeskTexts texts, CancellationToken cancellation)
    {
        bool isCustomer = caller.Role == Role.Customer;
        Dictionary<string, string> words = await texts.Of(caller.Tenant, found.State.Id.Value, cancellation);
        ContactListItem item = ContactListItem.Of(found.State, found.Version);
        return new ContactDetail(
            isCustomer ? item with { AgentId = null } : item,
            [.. found.State.Words.Where(w => !isCustomer || w.Voice != ContactVoice.Note).Select(w => new ContactWordView(w.Voice, isCustomer ? null : w.By, w.At, words.GetValueOrDefault(w.Text.Id)))]);
    }

    private static async Task<Results<Ok<DeskPersonView>, Refused>> Person(string id, Caller caller, DeskThings things, DeskTexts texts, AuditLog audit, CancellationToken cancellation)
    {
        (VersionedDesk<ContactState>? found, Refused? refused) = await things.Find(caller, id, Act.WorkDesk);
        if (refused is not null)
            return refused;
        if (await texts.Person(caller.Tenant, found!.State.Id.Value, cancellation) is not { } person)
            return Refused.Of(Refusal.Of("contact.person_unknown", RefusalKind.Unknown, ("contactId", id)));
        await audit.Write(caller, AuditLog.ContactRead, id, RawJson.Of(person).Utf8.Span);
        return TypedResults.Ok(person);
    }

    private static Answer Claim(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "claim", null, posted, Act.WorkDesk, things, desk, (by, _) => new ClaimContact(by.Subject), cancellation);

    private static Answer Say(string id, Posted<SayRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "say", posted.Value.Text, posted, Act.FollowContact, things, desk, (by, text) => by.Role == Role.Customer
            ? new SayInContact(ContactVoice.Customer, ContactDecider.Customer, text!)
            : new SayInContact(posted.Value.Note == true ? ContactVoice.Note : ContactVoice.Agent, by.Subject, text!), cancellation);

    private static Answer Return(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "return", null, posted, Act.WorkDesk, things, desk, (by, _) => new ReturnContact(by.Subject), cancellation);

    /// <summary>A job that came of it is one that is there, and that does not say it came of another contact.</summary>
    private static async Answer End(string id, Posted<EndContactRequest> posted, DeskThings things, DeskCommands desk, Ownership ownership, CancellationToken cancellation)
    {
        JobId? job = posted.Value.JobId is { } named ? new JobId(named) : null;
        if (job is { } filed)
        {
            if (await ownership.JobGrain(posted.Caller.Tenant, filed).Get() is not { State.Request: var request })
                return Refused.Of(Domain.Jobs.JobRefusals.Unknown(filed));
            if (request.Contact is { } other && other.Value != id)
                return Refused.Of(ContactRefusals.JobElsewhere(new ContactId(id), filed));
        }
        return await Execute(id, "end", null, posted, Act.WorkDesk, things, desk, (by, _) => new EndContact(by.Subject, DayCheck.ToWord<ContactOutcome>(posted.Value.Outcome!), job), cancellation);
    }

    private static Answer Leave(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) => posted.Caller.Role == Role.Customer
        ? Execute(id, "leave", null, posted, Act.FollowContact, things, desk, (_, _) => new LeaveContact(), cancellation)
        : Task.FromResult<Results<Ok<DeskReplyView>, Refused>>(EdgeRefusals.Forbidden());

    private static async Answer Execute<T>(
        string id, string step, string? words, Posted<T> posted, Act act, DeskThings things, DeskCommands desk, Func<Caller, DeskText?, ContactCommand> command, CancellationToken cancellation)
        where T : class, IRequestBody
    {
        if ((await things.Find(posted.Caller, id, act)).Refused is { } unknown)
            return unknown;
        Operation operation = posted.OperationOn(Kind);
        (DeskReplyView? reply, Refused? refused) = await desk.Run(posted.Caller, Kind, id, step, words, operation,
            text => things.Contact(posted.Caller.Tenant, new ContactId(id)).Execute(command(posted.Caller, text), operation), cancellation);
        return refused is null ? TypedResults.Ok(reply) : refused;
    }
}

/// <summary>How the promise of answering was kept.</summary>
/// <param name="Channel">Left out for all channels together.</param>
/// <param name="Waiting">Now.</param>
/// <param name="Overdue">Of those, longer than promised.</param>
/// <param name="NextDueAt">When the promise to whoever waits longest ends, or ended.</param>
/// <param name="AverageSeconds">Of today; left out where nobody was answered.</param>
/// <param name="Share">Answered within the promise, of all that were to be answered today.</param>
/// <param name="Kept">Whether the average of today is within the promise.</param>
public sealed record PromiseView(
    ContactKind Kind, ContactChannel? Channel, int PromiseSeconds, string Clause, int Waiting, int Overdue, DateTimeOffset? NextDueAt, int Answered, int Missed, int GaveUp, double? AverageSeconds, double? Share, bool? Kept);

/// <param name="Day">In the zone of the house.</param>
public sealed record PromisesView(DateOnly Day, DateTimeOffset At, IReadOnlyList<PromiseView> Promises)
{
    internal static PromisesView Of(DateOnly day, DateTimeOffset now, ImmutableArray<AnswerFigure> figures) => new(day, now, [.. figures.Select(f => new PromiseView(
        f.Kind, f.Channel, f.Promise.Seconds, f.Promise.Clause, f.Waiting, f.Overdue, f.NextDueAt, f.Answered, f.Missed, f.GaveUp, f.AverageSeconds, f.Share, f.IsKept))]);
}
