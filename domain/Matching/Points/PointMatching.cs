using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>A mail-in job that waits for a bench.</summary>
public sealed record MailInJob(JobId Id, ZoneId Zone, Place Place, string Bench, string? Brand, ServiceNeeds Needs, DateTimeOffset RequestedAt)
{
    /// <summary>The part of a job that decides about its bench; null for a visit, and before anybody knows what it needs.</summary>
    public static MailInJob? Of(JobState job) => job is { Mode: ServiceMode.MailIn, Needs: { } needs, Request.Bench: { } bench }
        ? new(job.Id, job.Zone, job.Request.Place, bench, job.Request.Device?.Brand, needs, job.RequestedAt)
        : null;
}

/// <summary>A place on a bench for a job, and what it costs.</summary>
/// <param name="Freight">Both ways, minor units of money.</param>
/// <param name="Wait">The customer's days without the device, minor units of money.</param>
/// <param name="Load">For a bench that fills up, minor units of money.</param>
[GenerateSerializer, Immutable, Alias("dispatch.benchOption")]
public sealed record BenchOption(
    [property: Id(0)] ServicePointId Point,
    [property: Id(1)] DateOnly Day,
    [property: Id(2)] DateTimeOffset PromisedAt,
    [property: Id(3)] long Freight,
    [property: Id(4)] long Wait,
    [property: Id(5)] long Load)
{
    public long Cost => Freight + Wait + Load;
}

/// <summary>Why a service point cannot take a job, or what it would cost more than the one that was chosen.</summary>
/// <param name="Violation">The first constraint that stops it; null where it could, and then <paramref name="Option"/> says at what cost.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pointVerdict")]
public sealed record PointVerdict([property: Id(0)] ServicePointId Point, [property: Id(1)] Violation? Violation, [property: Id(2)] BenchOption? Option);

/// <summary>What the matching says of one job: where it goes, or that no point can take it, with a verdict for each point.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.benchMatch")]
public sealed record BenchMatch([property: Id(0)] JobId Job, [property: Id(1)] BenchOption? Chosen, [property: Id(2)] ImmutableArray<PointVerdict> Verdicts);

/// <summary>
/// Matches waiting mail-in jobs with benches: authorisation, skills, parts and free places are constraints, freight and the customer's wait the cost. Jobs choose in order of
/// regret, the one that loses most by not getting its best point first, each seeing what those before it have taken. The points' ledgers have the last word.
/// </summary>
public sealed class PointMatching(MailInRules rules)
{
    /// <summary>Pure: the same jobs, points and time give the same matches, ordered as they were made.</summary>
    public ImmutableArray<BenchMatch> Match(IReadOnlyCollection<MailInJob> jobs, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now)
    {
        Bookings taken = new();
        List<MailInJob> waiting = [.. jobs.OrderByDescending(j => j.Needs.Priority).ThenBy(j => j.RequestedAt).ThenBy(j => j.Id)];
        ServicePointState[] all = [.. points.OrderBy(p => p.Id)];
        ImmutableArray<BenchMatch>.Builder made = ImmutableArray.CreateBuilder<BenchMatch>(waiting.Count);
        Dictionary<JobId, BenchMatch> known = [];
        while (waiting.Count > 0)
        {
            int next = 0;
            long most = -1;
            for (int i = 0; i < waiting.Count; i++)
            {
                if (!known.TryGetValue(waiting[i].Id, out BenchMatch? match))
                    known[waiting[i].Id] = match = Judge(waiting[i], all, taken, now);
                // Equal priority only: a higher one chooses first whatever the others lose.
                if (waiting[i].Needs.Priority == waiting[0].Needs.Priority && Regret(match) is var regret && regret > most)
                    (next, most) = (i, regret);
            }
            MailInJob job = waiting[next];
            BenchMatch chosen = known[job.Id];
            waiting.RemoveAt(next);
            made.Add(chosen);
            if (chosen.Chosen is not { } option)
                continue;
            taken.Add(option, job);
            // Only those who counted on the same point see anything new.
            foreach (MailInJob other in waiting)
                if (known.TryGetValue(other.Id, out BenchMatch? affected) && affected.Verdicts.Any(v => v.Point == option.Point && v.Option is not null))
                    known.Remove(other.Id);
        }
        return made.DrainToImmutable();
    }

    /// <summary>What every point says to one job, the cheapest that can take it chosen.</summary>
    public BenchMatch Judge(MailInJob job, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now) => Judge(job, [.. points.OrderBy(p => p.Id)], new Bookings(), now);

    private BenchMatch Judge(MailInJob job, ServicePointState[] points, Bookings taken, DateTimeOffset now)
    {
        ImmutableArray<PointVerdict> verdicts = [.. points.Select(point => Ask(job, point, taken, now))];
        BenchOption? best = verdicts.Select(v => v.Option).Where(o => o is not null).MinBy(o => (o!.Cost, o.Point.Value));
        return new BenchMatch(job.Id, best, verdicts);
    }

    private PointVerdict Ask(MailInJob job, ServicePointState point, Bookings taken, DateTimeOffset now)
    {
        PointQuestion question = new(job, point, now, (day, category) => taken.Places(point.Id, day, category), part => taken.Parts(point.Id, part), rules);
        foreach (IPointConstraint constraint in PointConstraints.All)
            if (constraint.Check(question) is { } violation)
                return new PointVerdict(point.Id, violation, null);
        DateOnly day = question.FirstOpenDay!.Value;
        DateTimeOffset promised = rules.Promise(point.Profile.Hours, day, job.Needs.Service, question.Metres);
        int perDay = point.Profile.PerDay(job.Bench);
        long wait = (long)Math.Round(rules.DayWithoutDevice * (promised - now).TotalDays);
        return new PointVerdict(point.Id, null, new BenchOption(point.Id, day, promised, rules.Freight(question.Metres), wait, rules.LastPlace * (perDay - question.OpenOn(day)) / perDay));
    }

    /// <summary>What it costs more to get the second best; everything where there is no second.</summary>
    private static long Regret(BenchMatch match)
    {
        if (match.Chosen is not { } best)
            return 0;
        long second = match.Verdicts.Where(v => v.Option is not null && v.Point != best.Point).Select(v => v.Option!.Cost).DefaultIfEmpty(long.MaxValue / 2).Min();
        return second - best.Cost;
    }

    /// <summary>Places and parts given away in this matching.</summary>
    private sealed class Bookings
    {
        private readonly Dictionary<(ServicePointId, DateOnly, string), int> places = [];
        private readonly Dictionary<(ServicePointId, string), int> parts = [];

        public int Places(ServicePointId point, DateOnly day, string category) => places.GetValueOrDefault((point, day, category));

        public int Parts(ServicePointId point, string part) => parts.GetValueOrDefault((point, part));

        public void Add(BenchOption option, MailInJob job)
        {
            places[(option.Point, option.Day, job.Bench)] = Places(option.Point, option.Day, job.Bench) + 1;
            foreach (PartQuantity part in job.Needs.Parts)
                parts[(option.Point, part.Code)] = Parts(option.Point, part.Code) + part.Quantity;
        }
    }
}
