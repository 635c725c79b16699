using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts.Programmes;

/// <summary>Either a refusal or the version after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programmeReply")]
public sealed record ProgrammeReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version);

/// <summary>The ledger of what one brand's programme has granted in one region. Key: tenant/programme@region.</summary>
[Alias("dispatch.IProgrammeGrain")]
public interface IProgrammeGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Every command is idempotent by job, so jobs send them without an operation. Calls no other grain before it answers.
    /// </summary>
    [Alias("Execute")]
    Task<ProgrammeReply> Execute(ProgrammeCommand command);

    /// <summary>What it has granted up to now, or null if nothing yet.</summary>
    [Alias("Use")]
    Task<ProgrammeUse?> Use();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
