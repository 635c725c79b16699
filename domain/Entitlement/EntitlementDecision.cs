using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Entitlement;

/// <summary>Something the customer may choose today.</summary>
/// <param name="From">The first day on which it may be chosen; null if there never was another.</param>
/// <param name="Until">The last day, included; null without end.</param>
/// <param name="Clause">The rule that gives it, in the decision's book and version.</param>
/// <param name="CountedFrom">What the days were counted from, and which day that is.</param>
/// <param name="On">The evidence it rests on.</param>
/// <param name="Assumes">What nobody has looked at yet and was taken for true.</param>
[GenerateSerializer, Immutable, Alias("dispatch.entitlementOption")]
public sealed record EntitlementOption(
    [property: Id(0)] Remedy Remedy,
    [property: Id(1)] Party OwedBy,
    [property: Id(2)] DateOnly? From,
    [property: Id(3)] DateOnly? Until,
    [property: Id(4)] string Clause,
    [property: Id(5)] PeriodAnchor CountedFrom,
    [property: Id(6)] DateOnly? CountedFromDay,
    [property: Id(7)] ImmutableArray<EvidenceKind> On,
    [property: Id(8)] ImmutableArray<EvidenceKind> Assumes);

/// <summary>What would be owed as well, if this were shown.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.missingEvidence")]
public sealed record MissingEvidence([property: Id(0)] Remedy Remedy, [property: Id(1)] string Clause, [property: Id(2)] ImmutableArray<EvidenceKind> Needs);

/// <summary>What is not owed, and the code of the first reason.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.notOwed")]
public sealed record NotOwed([property: Id(0)] Remedy Remedy, [property: Id(1)] string Clause, [property: Id(2)] string Code, [property: Id(3)] ImmutableArray<Fact> Facts);

/// <summary>What a customer may choose on one day, by one version of one book. The same case, book and day give the same decision, in whatever order evidence and history come.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.entitlementDecision")]
public sealed record EntitlementDecision(
    [property: Id(0)] string Book,
    [property: Id(1)] string Version,
    [property: Id(2)] DateOnly Today,
    [property: Id(3)] ImmutableArray<EntitlementOption> Options,
    [property: Id(4)] ImmutableArray<MissingEvidence> Missing,
    [property: Id(5)] ImmutableArray<NotOwed> NotOwed)
{
    public EntitlementOption? Find(Remedy remedy)
    {
        foreach (EntitlementOption option in Options)
            if (option.Remedy == remedy)
                return option;
        return null;
    }

    public bool Gives(Remedy remedy) => Find(remedy) is not null;
}
