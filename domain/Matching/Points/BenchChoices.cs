using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Points;

/// <summary>Every place on every bench that every job could have if it were alone, and the parts that jobs would share.</summary>
internal sealed class BenchChoices
{
    private readonly Dictionary<(int Point, string Category, DateOnly Day), int> shared = [];
    private readonly List<BenchDay> days = [];
    private readonly BenchChoice[][][] choices;
    private readonly (string Part, int Units)[][][] demand;

    public BenchChoices(ImmutableArray<MailInJob> jobs, ImmutableArray<PointView> points)
    {
        (Jobs, Points) = (jobs, points);
        choices = new BenchChoice[jobs.Length][][];
        demand = new (string, int)[jobs.Length][][];
        Bookings nothing = new();
        for (int job = 0; job < jobs.Length; job++)
        {
            (choices[job], demand[job]) = (new BenchChoice[points.Length][], new (string, int)[points.Length][]);
            for (int point = 0; point < points.Length; point++)
            {
                PointQuestion question = new(jobs[job], points[point], nothing);
                choices[job][point] = question.FirstViolation() is null ? [.. question.OpenDays().Select(day => Choice(job, point, question.OptionOn(day)))] : [];
                demand[job][point] = choices[job][point].Length == 0 ? [] : [.. points[point].Demand(jobs[job])];
            }
        }
    }

    /// <summary>By priority, then by time of request: of two equal matchings the one in which those before have the earlier day is better.</summary>
    public ImmutableArray<MailInJob> Jobs { get; }

    public ImmutableArray<PointView> Points { get; }

    public IReadOnlyList<BenchDay> Days => days;

    public ReadOnlySpan<BenchChoice> Of(int job, int point) => choices[job][point];

    /// <summary>What the job takes out of the stock at a point where it may go.</summary>
    public ReadOnlySpan<(string Part, int Units)> Demand(int job, int point) => demand[job][point];

    public int Stock(int point, string part) => Points[point].Free(part);

    private BenchChoice Choice(int job, int point, BenchOption option)
    {
        PointView view = Points[point];
        string category = Jobs[job].Bench;
        int perDay = view.State.Profile.PerDay(category), open = Math.Max(0, view.Open(option.Day, category));
        if (view.Holds(Jobs[job], option.Day))
        {
            // Nobody else can have it.
            days.Add(new BenchDay(perDay - open - 1, perDay, 1));
            return new BenchChoice(days.Count - 1, option);
        }

        if (!shared.TryGetValue((point, category, option.Day), out int at))
        {
            shared[(point, category, option.Day)] = at = days.Count;
            days.Add(new BenchDay(perDay - open, perDay, open));
        }

        return new BenchChoice(at, option);
    }
}

/// <summary>One kind of bench at one point on one day: how many places are given away, of how many, and how many may be given now.</summary>
internal readonly record struct BenchDay(int Given, int PerDay, int Places);

/// <summary>A place for one job, and its cost but for what others do to the load.</summary>
internal readonly record struct BenchChoice(int Day, BenchOption Option)
{
    public long WithoutLoad => Option.Freight + Option.Wait;
}
