using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Technicians;

/// <summary>What each fact makes of a technician's day. The same function serves writing and replay.</summary>
public static class TechnicianEvolution
{
    /// <summary>How many releases are remembered against late confirmations, at least; see <see cref="ReleasedEpoch"/>.</summary>
    public const int RememberedReleases = 128;

    public static TechnicianState Apply(TechnicianState? state, TechnicianEvent fact, DateTimeOffset now)
    {
        if (fact is TechnicianRegistered r)
            return new TechnicianState(r.Id, r.Tenant, r.Profile, r.Profile.Stock, false, false, r.Profile.Home, r.Profile.Shift.From, [], [], null, 0, false);
        if (state is not { } t)
            throw new InvalidOperationException($"{fact.GetType().Name} before registration");
        return PatchEvolution.Apply(t, fact, now) ?? fact switch
        {
            DutyChanged e => t with { OnDuty = e.OnDuty },
            SlotReserved e => t with { Commitments = Put(t.Commitments, e.Commitment, now) },
            SlotConfirmed e => t with { Commitments = Change(t.Commitments, e.Job, c => c with { Status = CommitmentStatus.Confirmed, ExpiresAt = null }) },
            SlotReleased e => t with
            {
                Commitments = t.Commitments.RemoveAll(c => c.Job == e.Job && c.Epoch.Value <= e.UpTo.Value),
                Released = Remember(t.Released, new ReleasedEpoch(e.Job, e.UpTo, e.At)),
            },
            SlotProgressed e => t with
            {
                HasLeftHome = true,
                Commitments = Change(t.Commitments, e.Job, c => Earlier(t, c with { Status = e.Status, Since = e.At })),
            },
            SlotFinished e => t with
            {
                Place = e.Place,
                FreeSince = e.At,
                HasLeftHome = true,
                JobsDone = t.JobsDone + 1,
                Commitments = t.Commitments.RemoveAll(c => c.Job == e.Job),
                Released = Remember(t.Released, new ReleasedEpoch(e.Job, e.Epoch, e.At)),
                Stock = Less(t.Stock, t.DepotVisited ? e.PartsUsed.RemoveAll(p => !ExchangeUnits.IsUnit(p.Code)) : e.PartsUsed),
            },
            DepotCallOrdered e => t with { DepotCall = e.Call, DepotCalls = e.Call.Number },
            DepotCallCancelled => t with { DepotCall = null },
            DepotDeparted e => t with { HasLeftHome = true, DepotCall = t.DepotCall! with { Status = DepotCallStatus.UnderWay, Since = e.At } },
            DepotCallCompleted e => t with { DepotCall = null, DepotVisited = true, Place = e.Place, FreeSince = e.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }

    private static ImmutableArray<Commitment> Put(ImmutableArray<Commitment> all, Commitment one, DateTimeOffset now) =>
        [.. all.Where(c => c.Job != one.Job && !c.HasLapsed(now)).Append(one).OrderBy(c => c.Visit.StartAt).ThenBy(c => c.Job)];

    private static ImmutableArray<Commitment> Change(ImmutableArray<Commitment> all, JobId job, Func<Commitment, Commitment> change) =>
        [.. all.Select(c => c.Job == job ? change(c) : c)];

    /// <summary>
    /// Who is at work earlier than planned is free earlier, and may be planned for it. Who is late keeps the planned time: what else was promised there is for the planner to see, not
    /// for the ledger to take back.
    /// </summary>
    private static Commitment Earlier(TechnicianState t, Commitment c)
    {
        if (c is not { Status: CommitmentStatus.OnSite, Since: { } arrived })
            return c;
        DateTimeOffset start = arrived > c.WindowOpens ? arrived : c.WindowOpens;
        Visit actual = new(c.Visit.DepartAt < arrived ? c.Visit.DepartAt : arrived, arrived, start, start + c.Service);
        bool free = actual.FinishAt < c.Visit.FinishAt && !t.Commitments.Concat(t.Parked?.Additions ?? []).Any(other => other.Job != c.Job && TechnicianDecider.Overlap(other.Visit, actual));
        return free ? c with { Visit = actual } : c;
    }

    internal static ImmutableArray<ReleasedEpoch> Remember(ImmutableArray<ReleasedEpoch> all, ReleasedEpoch one)
    {
        ImmutableArray<ReleasedEpoch> kept = all.RemoveAll(r => r.Job == one.Job).Add(one);
        return kept.Length > RememberedReleases ? kept.RemoveRange(0, kept.Length - RememberedReleases) : kept;
    }

    private static ImmutableArray<PartQuantity> Less(ImmutableArray<PartQuantity> stock, ImmutableArray<PartQuantity> used) =>
        [.. stock.Select(line => line with { Quantity = Math.Max(0, line.Quantity - used.Where(u => string.Equals(u.Code, line.Code, StringComparison.Ordinal)).Sum(u => u.Quantity)) })];
}
