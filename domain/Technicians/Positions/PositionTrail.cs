using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Technicians.Positions;

/// <summary>A report of a device's place, by the time of the device.</summary>
/// <param name="AccuracyMetres">How far off it may be, if the device says so.</param>
/// <param name="Heading">Degrees clockwise from north, if known.</param>
public readonly record struct PositionReport(Place Place, DateTimeOffset At, double? AccuracyMetres = null, double? Heading = null);

/// <summary>
/// The newest place of a technician that is believed, and one that was too far from it to be. A second report that agrees with the
/// doubted one proves it right: a first fix that was wrong must not keep out all the right ones after it.
/// </summary>
public sealed record PositionTrail(PositionReport? Newest, PositionReport? Doubted)
{
    public static PositionTrail None { get; } = new(null, null);

    /// <summary>
    /// Judges reports one by one, in the order of their times, so that a bad one costs no good one. The answer has the trail after them and,
    /// by place in the list, why each refused one is. A report older than the newest is neither believed nor refused: it comes late and changes nothing.
    /// </summary>
    public (PositionTrail Trail, ImmutableArray<(int Index, Refusal Refusal)> Refused) Take(
        ImmutableArray<PositionReport> reports, DateTimeOffset now, PositionRules rules)
    {
        PositionTrail trail = this;
        List<(int Index, Refusal Refusal)> refused = [];
        foreach ((int index, PositionReport report) in reports.Index().OrderBy(r => r.Item.At))
        {
            if (Implausible(report, now, rules) is { } refusal)
            {
                refused.Add((index, refusal));
                continue;
            }
            // A clock a little ahead must not keep out what is reported after it: nothing was seen later than now.
            PositionReport seen = report.At > now ? report with { At = now } : report;
            if (trail.Newest is { } newest && (report.At <= newest.At || seen.At < newest.At))
                continue;
            (trail, Refusal? jump) = trail.Next(seen, rules);
            if (jump is not null)
                refused.Add((index, jump));
        }
        return (trail, [.. refused.OrderBy(r => r.Index)]);
    }

    private (PositionTrail Trail, Refusal? Jump) Next(PositionReport seen, PositionRules rules)
    {
        if (Newest is not { } newest || Reachable(newest, seen, rules) || (Doubted is { } doubted && doubted.At < seen.At && Reachable(doubted, seen, rules)))
            return (new PositionTrail(seen, null), null);
        return (this with { Doubted = seen }, PositionRefusals.Jump(newest, seen));
    }

    private static Refusal? Implausible(PositionReport report, DateTimeOffset now, PositionRules rules)
    {
        if (report.At > now + rules.ClockAhead)
            return TechnicianRefusals.TimeInFuture(report.At, now);
        if (LocalMetric.Metres(report.Place, default) <= rules.NullIslandMetres)
            return PositionRefusals.NullIsland(report.Place);
        return report.AccuracyMetres > rules.WorstAccuracyMetres ? PositionRefusals.Inaccurate(report.AccuracyMetres.Value, rules.WorstAccuracyMetres) : null;
    }

    private static bool Reachable(PositionReport from, PositionReport to, PositionRules rules)
    {
        double noise = rules.NoiseMetres + (from.AccuracyMetres ?? 0) + (to.AccuracyMetres ?? 0);
        return LocalMetric.Metres(from.Place, to.Place) <= noise + (rules.FastestMetresPerSecond * (to.At - from.At).TotalSeconds);
    }
}
