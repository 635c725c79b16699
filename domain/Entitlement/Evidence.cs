using System.Collections.Immutable;

namespace Dispatch.Domain.Entitlement;

/// <summary>One thing that somebody saw, on a day. Two of a kind may contradict each other: then the worse one counts, of inspections of one fault the newer one.</summary>
/// <param name="Fault">Of an inspection only: the code of the fault it looked for.</param>
[GenerateSerializer, Immutable, Alias("dispatch.evidence")]
public sealed record Evidence([property: Id(0)] EvidenceKind Kind, [property: Id(1)] EvidenceState State, [property: Id(2)] DateOnly On, [property: Id(3)] string? Fault = null)
{
    /// <summary>The states evidence of a kind can have; none for what only a case can say.</summary>
    public static ImmutableArray<EvidenceState> States(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Invoice => [EvidenceState.Valid, EvidenceState.Altered, EvidenceState.Unstamped, EvidenceState.Copy],
        EvidenceKind.WarrantyCard => [EvidenceState.Valid, EvidenceState.Altered, EvidenceState.Unstamped],
        EvidenceKind.Label => [EvidenceState.Intact, EvidenceState.Torn],
        EvidenceKind.Inspection => [EvidenceState.Confirmed, EvidenceState.NotConfirmed],
        EvidenceKind.PrivateRepair or EvidenceKind.UserDamage => [EvidenceState.None, EvidenceState.Found],
        EvidenceKind.RepairEstimate => [EvidenceState.Economic, EvidenceState.Uneconomic],
        _ => [],
    };

    /// <summary>Whether kind and state go together, and an inspection names what it looked for.</summary>
    public bool IsWhole => States(Kind).Contains(State) && (Kind == EvidenceKind.Inspection) == (Fault is { Length: > 0 });
}

/// <summary>Whether something is so, is not so, or nobody has looked.</summary>
public enum Truth { Unknown, Proven, Refuted }

/// <summary>What evidence says about the facts of a case. Does not depend on the order of the evidence, and knows nothing of what was seen after the day asked about.</summary>
public sealed class EvidenceReading(IEnumerable<Evidence> all, ImmutableArray<string> listedFaults, DateOnly today)
{
    private readonly ImmutableArray<Evidence> seen = [.. all.Where(e => e.On <= today)];

    public Truth Of(CaseFact fact) => fact switch
    {
        CaseFact.ListedFault => Fault(),
        CaseFact.ValidDocuments => Both(Worst(EvidenceKind.Invoice, EvidenceState.Valid), Worst(EvidenceKind.WarrantyCard, EvidenceState.Valid)),
        CaseFact.LabelIntact => Worst(EvidenceKind.Label, EvidenceState.Intact),
        CaseFact.NoPrivateRepair => Worst(EvidenceKind.PrivateRepair, EvidenceState.None),
        CaseFact.NoUserDamage => Worst(EvidenceKind.UserDamage, EvidenceState.None),
        CaseFact.Uneconomic => Worst(EvidenceKind.RepairEstimate, EvidenceState.Uneconomic),
        _ => throw new InvalidOperationException($"No reading of {fact}"),
    };

    /// <summary>What is to be looked at to know of a fact.</summary>
    public static ImmutableArray<EvidenceKind> KindsFor(CaseFact fact) => fact switch
    {
        CaseFact.ListedFault => [EvidenceKind.Inspection],
        CaseFact.ValidDocuments => [EvidenceKind.Invoice, EvidenceKind.WarrantyCard],
        CaseFact.LabelIntact => [EvidenceKind.Label],
        CaseFact.NoPrivateRepair => [EvidenceKind.PrivateRepair],
        CaseFact.NoUserDamage => [EvidenceKind.UserDamage],
        CaseFact.Uneconomic => [EvidenceKind.RepairEstimate],
        _ => throw new InvalidOperationException($"No evidence of {fact}"),
    };

    /// <summary>What has not been looked at yet, of what a fact takes.</summary>
    public IEnumerable<EvidenceKind> NotSeen(CaseFact fact) => KindsFor(fact).Where(kind => !seen.Any(e => e.Kind == kind));

    private Truth Worst(EvidenceKind kind, EvidenceState good)
    {
        Truth truth = Truth.Unknown;
        foreach (Evidence evidence in seen)
        {
            if (evidence.Kind != kind)
                continue;
            if (evidence.State != good)
                return Truth.Refuted;
            truth = Truth.Proven;
        }
        return truth;
    }

    /// <summary>The newest inspection of each fault counts; on one day, the one that did not find it.</summary>
    private Truth Fault()
    {
        bool any = false;
        foreach (IGrouping<string, Evidence> fault in seen.Where(e => e.Kind == EvidenceKind.Inspection).GroupBy(e => e.Fault ?? "", StringComparer.Ordinal))
        {
            any = true;
            DateOnly newest = fault.Max(e => e.On);
            if (listedFaults.Contains(fault.Key, StringComparer.Ordinal) && fault.Where(e => e.On == newest).All(e => e.State == EvidenceState.Confirmed))
                return Truth.Proven;
        }
        return any ? Truth.Refuted : Truth.Unknown;
    }

    private static Truth Both(Truth one, Truth other) =>
        one == Truth.Refuted || other == Truth.Refuted ? Truth.Refuted : one == Truth.Proven && other == Truth.Proven ? Truth.Proven : Truth.Unknown;
}
