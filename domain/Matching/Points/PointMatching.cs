using System.Collections.Immutable;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// Matches waiting mail-in jobs with points and days at once: authorisation, skills, parts and free places are constraints, freight, the customer's wait and the load the cost. As many
/// jobs of the highest priority as possible get a place, then of the next, and of all such matchings the cheapest is taken; of equals the one that gives the earlier days to higher
/// priority and earlier requests. Exact, with a proof, except where parts are so short that <see cref="MailInRules.PartFlows"/> does not suffice: then the best found, and a bound. The
/// points' ledgers have the last word.
/// </summary>
public sealed class PointMatching(MailInRules rules)
{
    /// <summary>Pure: the same jobs, points and time give the same matches, ordered by priority, then by time of request.</summary>
    public ImmutableArray<BenchMatch> Match(IReadOnlyCollection<MailInJob> jobs, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now) => Solve(jobs, points, now).Matches;

    /// <summary>The matches, what they are worth together, and how good any could be.</summary>
    public BenchMatching Solve(IReadOnlyCollection<MailInJob> jobs, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now)
    {
        BenchChoices choices = new(InOrder(jobs), Views(points, now));
        BenchOutcome outcome = new PartSearch(choices, rules.PartFlows).Run();
        return new BenchMatching(Told(choices, outcome.Chosen), outcome.Total, outcome.Bound, outcome.Flows);
    }

    /// <summary>The matching in which jobs choose one after the other, to compare with.</summary>
    public BenchTotal ByRegret(IReadOnlyCollection<MailInJob> jobs, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now)
    {
        BenchChoices choices = new(InOrder(jobs), Views(points, now));
        return new PartSearch(choices, 0).TotalOf(RegretMatching.Match(choices));
    }

    /// <summary>What every point says to one job, the cheapest that can take it chosen.</summary>
    public BenchMatch Judge(MailInJob job, IReadOnlyCollection<ServicePointState> points, DateTimeOffset now)
    {
        ImmutableArray<PointVerdict> verdicts = [.. Views(points, now).Select(point => new PointQuestion(job, point, new Bookings()).Answer())];
        return new BenchMatch(job.Id, verdicts.Select(v => v.Option).OfType<BenchOption>().MinBy(o => (o.Cost, o.Point.Value)), verdicts);
    }

    /// <summary>Every other day on which the point has a place for the job, the cheapest first.</summary>
    public ImmutableArray<BenchOption> OtherDays(MailInJob job, ServicePointState point, DateOnly chosen, DateTimeOffset now)
    {
        PointQuestion question = new(job, new PointView(point, now, rules), new Bookings());
        return question.FirstViolation() is not null
            ? []
            : [.. question.OpenDays().Where(day => day != chosen).Select(question.OptionOn).OrderBy(option => (option.Cost, option.Day))];
    }

    /// <summary>To each job its place and what every point says to it, given all that the others have.</summary>
    private static ImmutableArray<BenchMatch> Told(BenchChoices choices, ImmutableArray<BenchChoice?> chosen)
    {
        Bookings taken = new();
        BenchOption?[] places = new BenchOption?[chosen.Length];
        PointView?[] at = new PointView?[chosen.Length];
        Dictionary<int, int> before = [];
        for (int job = 0; job < chosen.Length; job++)
            if (chosen[job] is { } choice)
            {
                // The load of each is that of the place it gets: those before it in order are there already.
                PointView point = at[job] = choices.Points.First(p => p.State.Id == choice.Option.Point);
                int given = before[choice.Day] = before.GetValueOrDefault(choice.Day) + 1;
                BenchDay day = choices.Days[choice.Day];
                BenchOption place = places[job] = choice.Option with { Load = point.Rules.Load(day.Given + given - 1, day.PerDay) };
                taken.Add(place, choices.Jobs[job], point);
            }

        ImmutableArray<BenchMatch>.Builder told = ImmutableArray.CreateBuilder<BenchMatch>(chosen.Length);
        for (int job = 0; job < chosen.Length; job++)
        {
            (MailInJob asked, BenchOption? own, PointView? there) = (choices.Jobs[job], places[job], at[job]);
            if (own is not null)
                taken.Remove(own, asked, there!);
            told.Add(new BenchMatch(asked.Id, own, [.. choices.Points.Select(point => point == there ? new PointVerdict(own!.Point, null, own) : new PointQuestion(asked, point, taken).Answer())]));
            if (own is not null)
                taken.Add(own, asked, there!);
        }

        return told.MoveToImmutable();
    }

    private static ImmutableArray<MailInJob> InOrder(IEnumerable<MailInJob> jobs) => [.. jobs.OrderByDescending(j => j.Needs.Priority).ThenBy(j => j.RequestedAt).ThenBy(j => j.Id)];

    private ImmutableArray<PointView> Views(IEnumerable<ServicePointState> points, DateTimeOffset now) => [.. points.OrderBy(p => p.Id).Select(p => new PointView(p, now, rules))];
}

/// <summary>All matches, and how good they are together.</summary>
/// <param name="Bound">No matching is better than this.</param>
/// <param name="Flows">How many flows it took: one, unless parts are short.</param>
public sealed record BenchMatching(ImmutableArray<BenchMatch> Matches, BenchTotal Total, BenchTotal Bound, int Flows)
{
    /// <summary>Whether nothing better exists.</summary>
    public bool IsProven => Total.CompareTo(Bound) == 0;
}
