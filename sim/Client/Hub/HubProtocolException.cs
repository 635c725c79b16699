namespace Dispatch.Sim.Client.Hub;

/// <summary>The other side does not speak the SignalR JSON protocol as expected; the connection is of no further use.</summary>
public sealed class HubProtocolException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The hub method answered with an error; the connection is fine.</summary>
public sealed class HubInvocationException(string target, string error) : Exception($"{target}: {error}")
{
    public string Target { get; } = target;
    public string Error { get; } = error;
}

/// <summary>The connection ended, or there is none, so that nobody knows whether the other side saw the call.</summary>
public sealed class HubClosedException(string reason, Exception? inner = null) : Exception(reason, inner);
