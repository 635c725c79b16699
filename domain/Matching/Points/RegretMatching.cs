namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// A matching at once: jobs choose in order of priority, then of regret, the one that loses most by not getting its best point first, each seeing what those before it have taken, and at
/// each point the first day that is open. A start for <see cref="PartSearch"/>, and what the gain of the exact matching is measured against.
/// </summary>
internal sealed class RegretMatching
{
    private const long None = long.MaxValue;
    private readonly BenchChoices choices;
    private readonly int[] given;
    private readonly Dictionary<(int Point, string Part), int> used = [];
    private readonly BenchChoice[,] first;
    private readonly long[,] costs;
    private readonly BenchChoice?[] chosen;

    private RegretMatching(BenchChoices choices)
    {
        this.choices = choices;
        (given, chosen) = (new int[choices.Days.Count], new BenchChoice?[choices.Jobs.Length]);
        (first, costs) = (new BenchChoice[chosen.Length, choices.Points.Length], new long[chosen.Length, choices.Points.Length]);
        for (int job = 0; job < chosen.Length; job++)
            for (int point = 0; point < choices.Points.Length; point++)
                Look(job, point);
    }

    /// <returns>Per job; null for who got none.</returns>
    public static BenchChoice?[] Match(BenchChoices choices) => new RegretMatching(choices).Run();

    private BenchChoice?[] Run()
    {
        List<int> waiting = [.. Enumerable.Range(0, chosen.Length)];
        while (waiting.Count > 0)
        {
            (int next, long most) = (0, -1);
            // Equal priority only: a higher one chooses first whatever the others lose.
            for (int i = 0; i < waiting.Count && choices.Jobs[waiting[i]].Needs.Priority == choices.Jobs[waiting[0]].Needs.Priority; i++)
                if (Best(waiting[i]).Regret is var regret && regret > most)
                    (next, most) = (i, regret);
            int job = waiting[next], point = Best(job).Point;
            waiting.RemoveAt(next);
            if (point < 0)
                continue;
            chosen[job] = first[job, point];
            given[first[job, point].Day]++;
            foreach ((string part, int units) in choices.Demand(job, point))
                used[(point, part)] = used.GetValueOrDefault((point, part)) + units;
            foreach (int other in waiting)
                Look(other, point);
        }

        return chosen;
    }

    /// <summary>What the point has for the job as things stand.</summary>
    private void Look(int job, int point)
    {
        costs[job, point] = None;
        foreach ((string part, int units) in choices.Demand(job, point))
            if (used.GetValueOrDefault((point, part)) + units > choices.Stock(point, part))
                return;
        foreach (BenchChoice choice in choices.Of(job, point))
        {
            BenchDay day = choices.Days[choice.Day];
            if (given[choice.Day] >= day.Places)
                continue;
            (first[job, point], costs[job, point]) = (choice, choice.WithoutLoad + choices.Points[point].Rules.Load(day.Given + given[choice.Day], day.PerDay));
            return;
        }
    }

    /// <summary>The cheapest point, and what it costs more to get the second best: everything where there is no second.</summary>
    private (int Point, long Regret) Best(int job)
    {
        (int best, long least, long second) = (-1, None, None);
        for (int point = 0; point < choices.Points.Length; point++)
            if (costs[job, point] is var cost && cost < least)
                (best, least, second) = (point, cost, least);
            else
                second = Math.Min(second, cost);
        return best < 0 ? (-1, 0) : (best, second - least);
    }
}
