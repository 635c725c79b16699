using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Reading;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.Streams;

/// <summary>Events in their public form, read from the store or just published. What they look like does not depend on which.</summary>
internal sealed class EventHistory(IFeedStore store, ViewReader views, TechnicianNames names)
{
    public const int LargestPage = 1_000;

    public async Task<EventPage> Read(Caller caller, StreamName stream, long after, int limit, CancellationToken cancellation)
    {
        ImmutableArray<SequencedEvent> events = await store.Read(caller.Tenant, stream.ToString(), after, limit, cancellation);
        // Read afterwards, so that the head is never below an event that is shown.
        long head = await Head(caller.Tenant, stream, cancellation);
        List<PreparedEvent> prepared = await Prepare(caller.Tenant, events, cancellation);
        List<StreamEvent> shown = new(prepared.Count);
        foreach (PreparedEvent e in prepared)
            shown.Add(e.IsRedactedFor(caller) ? await e.Redacted(names, caller.Tenant, cancellation) : e.Full());
        return new EventPage(stream.ToString(), shown, head);
    }

    /// <summary>Every event of a stream from the first, as long as there are not absurdly many.</summary>
    public async Task<List<StreamEvent>> All(Caller caller, StreamName stream, CancellationToken cancellation)
    {
        const int Most = 10_000;
        List<StreamEvent> all = [];
        while (all.Count < Most)
        {
            EventPage page = await Read(caller, stream, all.Count == 0 ? 0 : all[^1].Seq, LargestPage, cancellation);
            all.AddRange(page.Events);
            if (page.Events.Count < LargestPage)
                break;
        }
        return all;
    }

    public async Task<long> Head(TenantId tenant, StreamName stream, CancellationToken cancellation) =>
        (await store.Heads(tenant, [stream.ToString()], cancellation))[0].Seq;

    /// <summary>Adds the views: the one that came along, or the present one, which is at least as new.</summary>
    public async Task<List<PreparedEvent>> Prepare(TenantId tenant, ImmutableArray<SequencedEvent> events, CancellationToken cancellation)
    {
        Dictionary<(string, string), StoredView> present = [];
        foreach (IGrouping<string, SequencedEvent> kind in events.Where(e => e.View is null).GroupBy(e => e.ViewKind))
            foreach (StoredView row in await views.FindMany(tenant, kind.Key, [.. kind.Select(e => e.ViewId).Distinct()], cancellation))
                present[(row.Kind, row.Id)] = row;
        return [.. events.Select(e => new PreparedEvent(e, e.View is { } doc
            ? views.Readable(new StoredView(e.ViewKind, e.ViewId, 0, e.Number, doc))
            : present.GetValueOrDefault((e.ViewKind, e.ViewId))))];
    }
}

/// <summary>An event with its view, spelled once per audience and only when somebody of it looks.</summary>
internal sealed class PreparedEvent(SequencedEvent e, StoredView? view)
{
    private StreamEvent? _full, _redacted;
    private RawJson? _fullJson;
    private JobState? _job;
    private TechnicianState? _technician;

    public long Seq => e.Seq;

    /// <summary>The job after the event, or a later state of it; null if the event is about something else.</summary>
    public JobState? Job => _job ??= view is not null && e.ViewKind == ChangeToken.Job ? view.ToJob() : null;

    /// <summary>The technician after the event, or a later state of them; null if the event is about something else.</summary>
    public TechnicianState? Technician => _technician ??= view is not null && e.ViewKind == ChangeToken.Technician ? view.ToTechnician() : null;

    /// <summary>Whether this caller is told only that something happened: a customer always, and of complaints and calls, which may speak of money, whoever does not work on them.</summary>
    public bool IsRedactedFor(Caller caller) => caller.Role == Role.Customer || (e.ViewKind is ChangeToken.Case or ChangeToken.CallBack && caller.May(Act.WorkDesk) is not null);

    public StreamEvent Full() => _full ??= Spell(EventData.Full(e, view));

    public RawJson FullJson() => _fullJson ??= RawJson.Of(Full());

    public async ValueTask<StreamEvent> Redacted(TechnicianNames names, TenantId tenant, CancellationToken cancellation) =>
        _redacted ??= Spell(EventData.Redacted(e, view, await names.Find(tenant, Job?.Assigned, cancellation)));

    private StreamEvent Spell(RawJson data) => new(e.Seq, e.Type, Milliseconds(e.At), e.Source, e.Number, data);

    /// <summary>As the store keeps it, so that an event reads the same whichever way it comes.</summary>
    private static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
