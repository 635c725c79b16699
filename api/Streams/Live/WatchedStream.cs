using System.Collections.Immutable;
using Dispatch.Api.Metrics;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Streams.Live;

/// <summary>
/// One stream on this host: takes what is published in whatever order it comes, repeated or not, fills gaps from the store, and hands every event to each
/// viewer once and in order.
/// </summary>
/// <param name="observe">Told of every event before the viewers are.</param>
internal sealed partial class WatchedStream(
    TenantId tenant, StreamName name, IFeedStore store, EventHistory history, TechnicianNames names, Action<PreparedEvent> observe, ILogger log)
{
    private const int Page = 500;

    /// <summary>Published events that wait behind a gap; beyond this the store is read instead of remembering more.</summary>
    private const int MostPending = 2_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, SequencedEvent> _pending = [];
    private ImmutableArray<Subscription> _viewers = [];
    private long _next = -1, _target;
    private bool _draining;

    public TenantId Tenant => tenant;

    public StreamName Name => name;

    public string Key { get; } = name.ToString();

    /// <summary>Ends when everything known has been handed on; for tests.</summary>
    public Task Drained { get; private set; } = Task.CompletedTask;

    public ImmutableArray<Subscription> Viewers => _viewers;

    /// <summary>The number of the newest event handed on.</summary>
    public long Forwarded
    {
        get
        {
            lock (_gate)
                return _next - 1;
        }
    }

    /// <summary>From here on events are handed on; those up to <paramref name="head"/> are history.</summary>
    public void Start(long head)
    {
        lock (_gate)
        {
            _next = head + 1;
            Drain();
        }
    }

    public void Add(Subscription subscription)
    {
        lock (_gate)
            _viewers = _viewers.RemoveAll(s => s.Viewer == subscription.Viewer).Add(subscription);
    }

    /// <summary>Returns whether the viewer was there.</summary>
    public bool Remove(Viewer viewer)
    {
        lock (_gate)
        {
            int before = _viewers.Length;
            _viewers = _viewers.RemoveAll(s => s.Viewer == viewer);
            return _viewers.Length < before;
        }
    }

    /// <summary>Takes off every viewer whose link is over, and tells them.</summary>
    public void EndOver()
    {
        foreach (Subscription subscription in _viewers)
            End(subscription);
    }

    private bool End(Subscription subscription)
    {
        if (subscription.Over is not { } code)
            return false;
        if (Remove(subscription.Viewer))
            subscription.Viewer.End(Key, code);
        return true;
    }

    /// <summary>Events were published.</summary>
    public void Offer(IEnumerable<SequencedEvent> events)
    {
        lock (_gate)
        {
            foreach (SequencedEvent e in events)
            {
                _target = Math.Max(_target, e.Seq);
                if (_pending.Count < MostPending && (_next < 0 || e.Seq >= _next))
                    _pending.TryAdd(e.Seq, e);
            }
            Drain();
        }
    }

    /// <summary>The store says that the stream has reached this number.</summary>
    public void Reached(long head)
    {
        lock (_gate)
        {
            _target = Math.Max(_target, head);
            Drain();
        }
    }

    private void Drain()
    {
        if (_draining || _next < 0 || _target < _next)
            return;
        _draining = true;
        Drained = Task.Run(HandOn);
    }

    private async Task HandOn()
    {
        try
        {
            while (true)
            {
                if (Take() is not { } events)
                    return;
                if (events.IsEmpty)
                {
                    ApiMeters.GapRead();
                    events = await store.Read(tenant, Key, Forwarded, Page);
                }
                if (events.IsEmpty)
                {
                    // Nothing there yet; the next head asks again.
                    lock (_gate)
                        _draining = false;
                    return;
                }
                foreach (PreparedEvent e in await history.Prepare(tenant, events, CancellationToken.None))
                    await HandOn(e);
            }
        }
        catch (Exception failure)
        {
            LogFailed(failure, Key);
            lock (_gate)
                _draining = false;
        }
    }

    /// <summary>The pending events that are next; empty if the next one is missing; null (and no longer draining) when all is done.</summary>
    private ImmutableArray<SequencedEvent>? Take()
    {
        lock (_gate)
        {
            while (_pending.Count > 0 && _pending.Keys.First() is var first && first < _next)
                _pending.Remove(first);
            if (_target < _next)
            {
                _draining = false;
                return null;
            }
            ImmutableArray<SequencedEvent>.Builder run = ImmutableArray.CreateBuilder<SequencedEvent>();
            while (_pending.Remove(_next + run.Count, out SequencedEvent? e))
                run.Add(e);
            return run.DrainToImmutable();
        }
    }

    private async ValueTask HandOn(PreparedEvent e)
    {
        lock (_gate)
        {
            if (e.Seq != _next)
                return;
            _next = e.Seq + 1;
        }
        observe(e);
        foreach (Subscription subscription in _viewers)
        {
            bool keeps = name.Kind != StreamName.Job || e.Job is not { } job || subscription.Observe(job);
            // Before the event itself: it is among what the link gave a right to.
            if (End(subscription))
                continue;
            if (subscription.Wants(e.Seq))
            {
                RawJson json = e.IsRedactedFor(subscription.Viewer.Caller) ? RawJson.Of(await e.Redacted(names, tenant, CancellationToken.None)) : e.FullJson();
                subscription.Tell(e.Seq);
                subscription.Viewer.Event(Key, e.Seq, json);
            }
            if (!keeps)
                Remove(subscription.Viewer);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of {Stream} could not be handed on; they are tried again with its next head")]
    private partial void LogFailed(Exception failure, string stream);
}
