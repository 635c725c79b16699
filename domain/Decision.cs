using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain;

/// <summary>
/// What a decider makes of a command: facts to record, or a refusal. Both at once means that something is worth recording although the
/// command did not succeed. Neither means that the command is already true.
/// </summary>
public readonly record struct Decision<TEvent>(ImmutableArray<TEvent> Events, Refusal? Refusal)
{
    public static Decision<TEvent> Of(params ImmutableArray<TEvent> events) => new(events, null);
    public static Decision<TEvent> Nothing => new([], null);
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
    public static implicit operator Decision<TEvent>(TEvent only) => new([only], null);
}
