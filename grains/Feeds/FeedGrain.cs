using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Feeds;

/// <inheritdoc cref="IFeedGrain"/>
public sealed class FeedGrain(IGrainContext context, TimeProvider process, ILogger<FeedGrain> log) : Grain(context), IFeedGrain
{
    private readonly ObserverManager<IFeedObserver> watchers = new(FeedRenewal.Expiry, log) { GetDateTime = () => process.GetUtcNow().UtcDateTime };
    private readonly SortedDictionary<TechnicianId, Position> newest = [];

    public Task Publish(ImmutableArray<SequencedEvent> events)
    {
        string key = this.GetPrimaryKeyString();
        return watchers.Count == 0 ? Task.CompletedTask : watchers.Notify(watcher => watcher.Published(key, events));
    }

    public Task Move(ImmutableArray<Position> positions)
    {
        ImmutableArray<Position>.Builder newer = ImmutableArray.CreateBuilder<Position>(positions.Length);
        foreach (Position position in positions)
        {
            if (newest.TryGetValue(position.Technician, out Position? known) && known.At >= position.At)
                continue;
            newest[position.Technician] = position;
            newer.Add(position);
        }
        if (newer.Count == 0 || watchers.Count == 0)
            return Task.CompletedTask;
        string key = this.GetPrimaryKeyString();
        ImmutableArray<Position> moved = newer.DrainToImmutable();
        return watchers.Notify(watcher => watcher.Moved(key, moved));
    }

    public Task<ImmutableArray<Position>> Positions() => Task.FromResult<ImmutableArray<Position>>([.. newest.Values]);

    public Task Subscribe(IFeedObserver observer)
    {
        watchers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task Unsubscribe(IFeedObserver observer)
    {
        watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }
}
