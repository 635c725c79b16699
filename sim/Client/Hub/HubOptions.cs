namespace Dispatch.Sim.Client.Hub;

/// <summary>Times of one hub connection; the defaults are those of the protocol's own clients.</summary>
public sealed record HubOptions
{
    /// <summary>From opening the socket to the server's agreement. Default 15 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence after which the server counts as gone. At least twice its ping interval. Default 30 s.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often we say that we are here; half of what the server waits for at most. Default 10 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call may take before its caller gives up. Default 20 s.</summary>
    public TimeSpan InvokeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long saying goodbye may take. Default 2 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
