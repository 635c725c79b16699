using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// The best matching where jobs share parts: a generalised assignment, which no flow solves. Branch and bound, the most promising case first: the gated flow bounds a case, and the exact
/// flow over those it let through is a matching; between the two one competing pair is either tied or ruled out. Ends with a proof, or after so many flows with the bound reached.
/// </summary>
internal sealed class PartSearch(BenchChoices choices, int mostFlows)
{
    private BenchChoice?[] best = [];
    private BenchTotal bestTotal;
    private int flows = 1;
    private int looked;

    /// <summary>Parts of which there was too little where nobody looked at them; only for these there are gates.</summary>
    private readonly HashSet<(int Point, string Part)> scarce = [];

    public BenchOutcome Run()
    {
        PartCase all = new(choices);
        best = BenchNetwork.Exact(choices, all).Chosen();
        bestTotal = TotalOf(best);
        if (!TooMany(best).Any())
            return new BenchOutcome([.. best], bestTotal, bestTotal, 1);
        // Never to be made worse.
        best = RegretMatching.Match(choices);
        bestTotal = TotalOf(best);
        PriorityQueue<(PartCase Case, (int Job, int Point) Pair), (BenchTotal, int)> open = new();
        BenchTotal? bound = Look(all, open);
        BenchTotal proved = bound ?? bestTotal;
        while (open.TryPeek(out (PartCase Case, (int Job, int Point) Pair) next, out (BenchTotal Bound, int) at))
        {
            proved = at.Bound;
            if (at.Bound.CompareTo(bestTotal) >= 0 || flows >= mostFlows)
                break;
            open.Dequeue();
            Look(next.Case.With(next.Pair.Job, next.Pair.Point), open);
            Look(next.Case.Without(next.Pair.Job, next.Pair.Point), open);
        }

        if (open.Count == 0 || proved.CompareTo(bestTotal) > 0)
            proved = bestTotal;
        return new BenchOutcome([.. best], bestTotal, proved, flows);
    }

    /// <summary>Bounds a case, matches by it, and keeps it open where the two differ; null where the case is done with.</summary>
    private BenchTotal? Look(PartCase parts, PriorityQueue<(PartCase, (int Job, int Point)), (BenchTotal, int)> open)
    {
        looked++;
        while (true)
        {
            int known = scarce.Count;
            flows++;
            BenchNetwork gated = BenchNetwork.Gated(choices, parts, scarce);
            BenchTotal bound = gated.Total();
            if (bound.CompareTo(bestTotal) >= 0)
                return null;
            ILookup<bool, (int Job, int Point)> competing = gated.Competing();
            BenchTotal reached = Match(parts.Without(competing[false]));
            if (reached.CompareTo(bound) <= 0)
                return null;
            if (competing[true].Any())
            {
                open.Enqueue((parts, competing[true].First()), (bound, looked));
                return bound;
            }

            // Nobody competes for what was known to be scarce: it was another part that did not suffice.
            if (scarce.Count == known)
                return null;
        }
    }

    /// <summary>The exact flow, without those who together want more than there is, until that is nobody.</summary>
    private BenchTotal Match(PartCase parts)
    {
        while (true)
        {
            flows++;
            BenchChoice?[] chosen = BenchNetwork.Exact(choices, parts).Chosen();
            List<(int Job, int Point)> over = TooMany(chosen);
            if (over.Count > 0 && flows < mostFlows)
            {
                parts = parts.Without(over);
                continue;
            }

            // No flow may be spent on those that are too many any more: they go without.
            foreach ((int job, int _) in over)
                chosen[job] = null;

            BenchTotal total = TotalOf(chosen);
            if (total.CompareTo(bestTotal) < 0)
                (best, bestTotal) = (chosen, total);
            return total;
        }
    }

    /// <summary>Those who want a part of which those before them in order leave too little. The part is remembered as scarce there.</summary>
    private List<(int Job, int Point)> TooMany(BenchChoice?[] chosen)
    {
        Dictionary<(int, string), int> taken = [];
        List<(int Job, int Point)> over = [];
        for (int job = 0; job < chosen.Length; job++)
        {
            if (chosen[job] is not { } choice)
                continue;
            int point = PointOf(choice.Option);
            bool fits = true;
            foreach ((string part, int units) in choices.Demand(job, point))
                if (taken.GetValueOrDefault((point, part)) + units > choices.Stock(point, part))
                {
                    fits = false;
                    scarce.Add((point, part));
                }

            if (!fits)
                over.Add((job, point));
            else
                foreach ((string part, int units) in choices.Demand(job, point))
                    taken[(point, part)] = taken.GetValueOrDefault((point, part)) + units;
        }

        return over;
    }

    private int PointOf(BenchOption option)
    {
        for (int point = 0; point < choices.Points.Length; point++)
            if (choices.Points[point].State.Id == option.Point)
                return point;
        throw new InvalidOperationException($"{option.Point} is not among the points.");
    }

    public BenchTotal TotalOf(BenchChoice?[] chosen)
    {
        Dictionary<int, int> more = [];
        long cost = 0;
        foreach (BenchChoice? place in chosen)
            if (place is { } choice)
            {
                int given = more.GetValueOrDefault(choice.Day);
                more[choice.Day] = given + 1;
                BenchDay day = choices.Days[choice.Day];
                cost += choice.WithoutLoad + choices.Points[0].Rules.Load(day.Given + given, day.PerDay);
            }

        return BenchTotal.Of(choices.Jobs, job => chosen[job] is not null, cost);
    }
}

/// <param name="Chosen">Per job; null for who gets no place.</param>
/// <param name="Bound">No matching is better than this; proved the best where it is the total.</param>
/// <param name="Flows">How many flows it took.</param>
internal readonly record struct BenchOutcome(ImmutableArray<BenchChoice?> Chosen, BenchTotal Total, BenchTotal Bound, int Flows);
