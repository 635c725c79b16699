using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Grains.Zones;

/// <summary>
/// The part of a zone that finds benches for parcels. Says what to do and remembers why; the grain carries it out. Not durable: jobs and points know all that counts.
/// </summary>
internal sealed class BenchDesk(PlanningOptions options)
{
    private readonly PointMatching matching = new(options.MailIn);
    private readonly BoundedMemory<JobId, JobExplanation> why = new(options.RememberedOffers);
    private readonly Dictionary<(JobId, ServicePointId), DateTimeOffset> refused = [];
    private long seen = -1;
    private DateTimeOffset again = DateTimeOffset.MinValue;

    /// <summary>Matches that can be booked, and jobs that nobody can take, where anything has changed since the last look or it is time to look again.</summary>
    public ImmutableArray<BenchMatch> Look(ZoneBoard board, DateTimeOffset now)
    {
        if (board.BenchRevision == seen && now < again)
            return [];
        (seen, again) = (board.BenchRevision, now + options.BenchRetry);
        List<MailInJob> waiting = [.. board.WaitingForBench];
        if (waiting.Count == 0)
            return [];
        ImmutableArray<BenchMatch> matches = matching.Match(waiting, [.. board.Points], now);
        foreach (BenchMatch match in matches)
            why.Put(match.Job, new JobExplanation(now, null, null, match));
        return [.. matches.Where(m => m.Chosen is null || !refused.TryGetValue((m.Job, m.Chosen.Point), out DateTimeOffset until) || now >= until)];
    }

    public JobExplanation? Explain(JobId job) => why.Find(job);

    /// <summary>The proposal was refused: what the desk knew is no longer so. It looks again with the next tick, but not to the same point at once.</summary>
    public void Refused(BenchMatch match, DateTimeOffset now)
    {
        foreach (var old in refused.Where(r => r.Value <= now).Select(r => r.Key).ToArray())
            refused.Remove(old);
        refused[(match.Job, match.Chosen!.Point)] = now + options.RefusalPause;
        LookAgain();
    }

    /// <summary>What was found has not been carried out to its end: the next tick looks at everything anew.</summary>
    public void LookAgain() => seen = -1;

    /// <summary>One count per constraint that stops a point.</summary>
    public static ImmutableArray<UnplacedCount> Reasons(BenchMatch match) => match.Verdicts.IsEmpty
        ? [new UnplacedCount(NoPoint, 1)]
        : [.. match.Verdicts.Where(v => v.Violation is not null).GroupBy(v => v.Violation!.Code, StringComparer.Ordinal).Select(g => new UnplacedCount(g.Key, g.Count())).OrderByDescending(r => r.Count).ThenBy(r => r.Code, StringComparer.Ordinal)];

    /// <summary>No service point takes parcels of the territory at all.</summary>
    public const string NoPoint = "plan.no_point";
}
