using Dispatch.Api.Health;

namespace Dispatch.Silo.Hosting;

/// <summary>A silo reaches grains while it is an active member of its cluster. Its sockets open after it has joined.</summary>
internal sealed class SiloHealth(ISiloStatusOracle members, Draining draining, StandstillWatch watch) : IClusterHealth
{
    public bool HasJoined => true;

    public string? NotReady => draining.HasBegun ? "leaving" : members.CurrentStatus switch
    {
        // One that was frozen still takes itself for a member.
        SiloStatus.Active => watch.IsInDoubt ? "no_silo" : null,
        SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead => "leaving",
        _ => "no_silo",
    };
}

/// <summary>An API node reaches grains while it has a connection to the gateway of at least one silo.</summary>
internal sealed class GatewayHealth(Draining draining) : IClusterHealth
{
    private IHostApplicationLifetime? lifetime;
    private volatile int gateways;

    public bool HasJoined => lifetime is { ApplicationStarted.IsCancellationRequested: true };

    public string? NotReady => draining.HasBegun ? "leaving" : HasJoined && gateways > 0 ? null : "no_silo";

    /// <summary>The client counts as started once it is connected, and all that starts has started with it.</summary>
    public void Follow(IHostApplicationLifetime own) => lifetime = own;

    /// <summary>The client's own count, told by it whenever it changes.</summary>
    public void Changed(GatewayCountChangedEventArgs count) => gateways = count.NumberOfConnectedGateways;

    public void Lost() => gateways = 0;
}
