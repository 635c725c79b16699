using System.Text.Json;

namespace Dispatch.Sim.Client.Hub;

/// <summary>One message of the SignalR hub protocol, version 1, as far as a client of plain invocations meets it.</summary>
public abstract record HubMessage;

/// <summary>A call (type 1). Without <paramref name="InvocationId"/> no answer is wanted.</summary>
public sealed record InvocationMessage(string? InvocationId, string Target, IReadOnlyList<JsonElement> Arguments) : HubMessage;

/// <summary>The answer to a call (type 3): an error, a result, or neither for a method without one.</summary>
public sealed record CompletionMessage(string InvocationId, string? Error, JsonElement? Result) : HubMessage;

/// <summary>Sign of life (type 6).</summary>
public sealed record PingMessage : HubMessage;

/// <summary>The server ends the connection (type 7).</summary>
public sealed record CloseMessage(string? Error, bool AllowReconnect) : HubMessage;

/// <summary>A message of a type this client has no use for, such as stream items. It is skipped.</summary>
public sealed record UnusedMessage(int Type) : HubMessage;
