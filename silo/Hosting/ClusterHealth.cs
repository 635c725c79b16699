using Dispatch.Api.Health;

namespace Dispatch.Silo.Hosting;

/// <summary>A silo reaches grains while it is an active member of its cluster.</summary>
internal sealed class SiloHealth(ISiloStatusOracle members) : IClusterHealth
{
    public string? NotReady => members.CurrentStatus switch
    {
        SiloStatus.Active => null,
        SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead => "leaving",
        _ => "no_silo",
    };
}

/// <summary>An API node reaches grains while it has a connection to the gateway of at least one silo.</summary>
internal sealed class GatewayHealth : IClusterHealth
{
    private volatile int gateways = 1;

    public string? NotReady => gateways > 0 ? null : "no_silo";

    /// <summary>The client's own count, told by it whenever it changes; it starts only once there is one.</summary>
    public void Changed(GatewayCountChangedEventArgs count) => gateways = count.NumberOfConnectedGateways;

    public void Lost() => gateways = 0;
}
