using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.ServicePoints;

/// <summary>What each fact makes of a service point. The same function serves writing and replay.</summary>
public static class ServicePointEvolution
{
    /// <summary>How many releases are remembered against late confirmations.</summary>
    public const int RememberedReleases = 512;

    /// <summary>Used places are forgotten so many days after their day: nothing asks for them any more.</summary>
    public const int RememberedDays = 1;

    public static ServicePointState Apply(ServicePointState? state, ServicePointEvent fact, DateTimeOffset now)
    {
        if (fact is PointDefined d)
            return state is null ? new ServicePointState(d.Id, d.Tenant, d.Profile, d.Stock, [], []) : state with { Profile = d.Profile, Stock = d.Stock };
        if (state is not { } point)
            throw new InvalidOperationException($"{fact.GetType().Name} before the definition");
        return fact switch
        {
            BenchReserved e => point with { Bench = [.. Kept(point, now).Where(s => s.Job != e.Slot.Job).Append(e.Slot).OrderBy(s => s.Day).ThenBy(s => s.Job)] },
            BenchConfirmed e => point with { Bench = [.. point.Bench.Select(s => s.Job == e.Job ? s with { Status = BenchSlotStatus.Confirmed, ExpiresAt = null } : s)] },
            BenchReleased e => point with
            {
                Bench = point.Bench.RemoveAll(s => s.Job == e.Job && s.Epoch.Value <= e.UpTo.Value),
                Released = Remember(point.Released, new ReleasedEpoch(e.Job, e.UpTo, e.At)),
            },
            BenchSlotFinished e => Finished(point, e),
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }

    /// <summary>A place of a day still to come is free again; one of today or before was used.</summary>
    private static ServicePointState Finished(ServicePointState point, BenchSlotFinished e)
    {
        DateOnly day = point.Profile.Hours.DayOf(e.At);
        return point with
        {
            Bench = [.. point.Bench.Where(s => s.Job != e.Job || s.Day <= day).Select(s => s.Job == e.Job ? s with { Status = BenchSlotStatus.Finished, ExpiresAt = null } : s)],
            Released = Remember(point.Released, new ReleasedEpoch(e.Job, e.Epoch, e.At)),
            Stock = [.. point.Stock.Select(line => line with
            {
                Quantity = Math.Max(0, line.Quantity - e.PartsUsed.Where(u => string.Equals(u.Code, line.Code, StringComparison.Ordinal)).Sum(u => u.Quantity)),
            })],
        };
    }

    private static IEnumerable<BenchSlot> Kept(ServicePointState point, DateTimeOffset now)
    {
        DateOnly oldest = point.Profile.Hours.DayOf(now).AddDays(-RememberedDays);
        return point.Bench.Where(s => !s.HasLapsed(now) && (s.Status != BenchSlotStatus.Finished || s.Day >= oldest));
    }

    private static ImmutableArray<ReleasedEpoch> Remember(ImmutableArray<ReleasedEpoch> all, ReleasedEpoch one)
    {
        ImmutableArray<ReleasedEpoch> kept = all.RemoveAll(r => r.Job == one.Job).Add(one);
        return kept.Length > RememberedReleases ? kept.RemoveRange(0, kept.Length - RememberedReleases) : kept;
    }
}
