using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Streams.Live;

/// <summary>The feed grains as the relay needs them.</summary>
internal interface IFeeds
{
    /// <summary>Publishes to this host from now on; also renews.</summary>
    Task Subscribe(TenantId tenant, string stream);

    Task Unsubscribe(TenantId tenant, string stream);

    Task<ImmutableArray<Position>> Positions(TenantId tenant, string stream);
}

/// <summary>
/// Subscribes one observer per host and passes on what it hears. Orleans holds observers weakly; this one lives as long as the host.
/// </summary>
internal sealed class Feeds : IFeeds
{
    private sealed class Listener : IFeedObserver
    {
        public StreamRelay? Relay { get; set; }

        public Task Published(string key, ImmutableArray<SequencedEvent> events)
        {
            Relay?.Published(key, events);
            return Task.CompletedTask;
        }

        public Task Moved(string key, ImmutableArray<Position> positions)
        {
            Relay?.Moved(key, positions);
            return Task.CompletedTask;
        }
    }

    private readonly IGrainFactory _grains;
    private readonly Listener _listener = new();
    private readonly Lazy<IFeedObserver> _reference;

    public Feeds(IGrainFactory grains)
    {
        _grains = grains;
        // When first needed: Orleans may not run yet when this is made.
        _reference = new(() => grains.CreateObjectReference<IFeedObserver>(_listener));
    }

    public void PassOnTo(StreamRelay relay) => _listener.Relay = relay;

    public Task Subscribe(TenantId tenant, string stream) => Feed(tenant, stream).Subscribe(_reference.Value);

    public Task Unsubscribe(TenantId tenant, string stream) => Feed(tenant, stream).Unsubscribe(_reference.Value);

    public Task<ImmutableArray<Position>> Positions(TenantId tenant, string stream) => Feed(tenant, stream).Positions();

    private IFeedGrain Feed(TenantId tenant, string stream) => _grains.GetGrain<IFeedGrain>(GrainKeys.Of(tenant, stream));
}
