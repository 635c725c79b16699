using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// One case of the search over who gets scarce parts: some jobs are tied to one point, with their parts set aside there, and some pairs are ruled out. What is left of each part
/// decides whether the rest still compete for it.
/// </summary>
internal sealed class PartCase
{
    private readonly BenchChoices choices;
    private readonly ImmutableSortedSet<(int Job, int Point)> ruledOut;
    private readonly ImmutableSortedDictionary<int, int> tied;
    private readonly bool[] allowed;
    private readonly Dictionary<(int Point, string Part), PartShare> shares = [];

    public PartCase(BenchChoices choices)
        : this(choices, [], ImmutableSortedDictionary<int, int>.Empty)
    {
    }

    private PartCase(BenchChoices choices, ImmutableSortedSet<(int Job, int Point)> ruledOut, ImmutableSortedDictionary<int, int> tied)
    {
        (this.choices, this.ruledOut, this.tied) = (choices, ruledOut, tied);
        allowed = new bool[choices.Jobs.Length * choices.Points.Length];
        foreach ((int job, int point) in tied)
            foreach ((string part, int units) in choices.Demand(job, point))
                shares[(point, part)] = ShareOf(point, part) with { Left = ShareOf(point, part).Left - units };
        for (int job = 0; job < choices.Jobs.Length; job++)
            for (int point = 0; point < choices.Points.Length; point++)
                allowed[At(job, point)] = choices.Of(job, point).Length > 0 && !ruledOut.Contains((job, point)) && (tied.TryGetValue(job, out int only) ? only == point : Fits(job, point));
        for (int job = 0; job < choices.Jobs.Length; job++)
            for (int point = 0; point < choices.Points.Length; point++)
                if (allowed[At(job, point)] && !tied.ContainsKey(job))
                    foreach ((string part, int units) in choices.Demand(job, point))
                        shares[(point, part)] = ShareOf(point, part) is var share && share.Wanted == 0
                            ? share with { Wanted = units, Smallest = units }
                            : share with { Wanted = share.Wanted + units, Smallest = Math.Min(share.Smallest, units) };
    }

    public bool IsAllowed(int job, int point) => allowed[At(job, point)];

    /// <summary>The part for which the job has to compete at that point, the scarcest if there are several; null where there is enough for all who may want it.</summary>
    /// <param name="among">Parts that are looked at.</param>
    public string? ScarcePart(int job, int point, IReadOnlySet<(int Point, string Part)> among)
    {
        if (tied.ContainsKey(job))
            return null;
        string? scarcest = null;
        foreach ((string part, int _) in choices.Demand(job, point))
            if (among.Contains((point, part)) && shares[(point, part)] is var share && share.Wanted > share.Left && (scarcest is null || share.Most < shares[(point, scarcest)].Most))
                scarcest = part;
        return scarcest;
    }

    /// <summary>No more jobs than this can share what is left of a part.</summary>
    public int Most(int point, string part) => shares[(point, part)].Most;

    public PartCase Without(int job, int point) => new(choices, ruledOut.Add((job, point)), tied);

    public PartCase Without(IEnumerable<(int Job, int Point)> pairs) => new(choices, ruledOut.Union(pairs), tied);

    public PartCase With(int job, int point) => new(choices, ruledOut, tied.SetItem(job, point));

    private bool Fits(int job, int point)
    {
        foreach ((string part, int units) in choices.Demand(job, point))
            if (units > ShareOf(point, part).Left)
                return false;
        return true;
    }

    private PartShare ShareOf(int point, string part) => shares.TryGetValue((point, part), out PartShare share) ? share : new PartShare(choices.Stock(point, part), 0, 0);

    private int At(int job, int point) => (job * choices.Points.Length) + point;

    /// <param name="Left">Units for jobs that are not tied.</param>
    /// <param name="Wanted">What all of them together would take.</param>
    /// <param name="Smallest">The least that one of them takes.</param>
    private readonly record struct PartShare(int Left, int Wanted, int Smallest)
    {
        public int Most => Left / Smallest;
    }
}
