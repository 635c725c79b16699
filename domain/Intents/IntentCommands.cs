using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Intents;

/// <summary>What somebody wants of a change of plan. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intentCommand")]
public abstract record IntentCommand;

/// <summary>A change of plan, stated against the epochs that its maker knows. The same again changes nothing.</summary>
/// <param name="Within">How long it may take to be decided; brought within <see cref="IntentRules"/>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.intent.open")]
public sealed record OpenIntent(
    [property: Id(0)] IntentId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] ImmutableArray<JobMove> Moves,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool Overrules,
    [property: Id(6)] TimeSpan Within) : IntentCommand;

/// <summary>Everybody concerned stands still for it. Past its time this withdraws it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intent.commit")]
public sealed record CommitIntent : IntentCommand;

/// <summary>Somebody concerned cannot; <see cref="Why"/> is their refusal.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intent.withdraw")]
public sealed record WithdrawIntent([property: Id(0)] Refusal Why) : IntentCommand;

/// <summary>Somebody who stands still for it needs to know now: withdraws it unless it is decided already. At the answer it is decided for good.</summary>
/// <param name="By">The job or technician that asks.</param>
[GenerateSerializer, Immutable, Alias("dispatch.intent.decide")]
public sealed record DecideIntent([property: Id(0)] string By) : IntentCommand;
