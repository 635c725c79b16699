using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Grains.Messages;

/// <summary>What a message needs from its host to be sent.</summary>
public sealed record MessageServices(IMessageGateway Gateway, IMessageWriter Writer, MessageOptions Options);
