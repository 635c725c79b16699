namespace Dispatch.Sim.Client.Hub;

/// <summary>Times of one hub connection.</summary>
public sealed record HubOptions
{
    /// <summary>From opening the socket to the server's agreement. Default 10 s: a network that swallows everything must not hold up the attempt after it has recovered.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which the server counts as gone. At least twice its ping interval, which is 3 to 4 s. Default 8 s, so that nothing counts as live for longer.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often we say that we are here; half of what the server waits for at most. Default 5 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may take before its caller gives up. Default 20 s.</summary>
    public TimeSpan InvokeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long saying goodbye may take. Default 2 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
