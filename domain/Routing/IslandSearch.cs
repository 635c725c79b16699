using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// Several searches of the whole problem side by side, one per thread. They meet now and then, and the one that stands worst goes on from the best.
/// </summary>
internal sealed class IslandSearch : ISearchStrategy
{
    /// <summary>Shares of the cooling at which they meet: while hot they are best left alone.</summary>
    private static readonly double[] Meetings = [0.5, 0.7, 0.8, 0.9, 1.0];

    private readonly Annealing[] islands;

    public IslandSearch(RoutingProblem problem, ulong seed, int threads)
    {
        Xoshiro seeds = new(seed);
        islands = new Annealing[threads];
        for (int i = 0; i < threads; i++)
            islands[i] = new Annealing(problem, seeds.Next());
    }

    public RoutingSolution Best
    {
        get
        {
            RoutingSolution best = islands.Select(island => island.Best).MinBy(solution => solution.Cost)!;
            return best with { Iterations = islands.Sum(island => island.Rounds), Improvements = islands.Sum(island => island.Improvements) };
        }
    }

    public void TakeOver(ImmutableArray<ImmutableArray<int>> routes)
    {
        foreach (Annealing island in islands)
            island.TakeOver(routes);
    }

    public void Insert() => Each(island => island.Insert());

    public void Improve(SearchLimit limit)
    {
        foreach (double meeting in islands.Length == 1 ? [1.0] : Meetings)
        {
            Each(island =>
            {
                long before = island.Rounds;
                island.Improve(round => limit.ShareUsed((before + round) * islands.Length) is var share && share < meeting ? share : 1);
            });
            if (meeting < 1)
                Meet();
        }

        Each(island => island.Settle());
    }

    private void Meet()
    {
        Annealing best = islands.MinBy(island => island.BestCost)!;
        Annealing worst = islands.MaxBy(island => island.BestCost)!;
        if (worst.BestCost > best.BestCost)
            worst.GoOnFrom(best);
    }

    private void Each(Action<Annealing> action)
    {
        if (islands.Length == 1)
            action(islands[0]);
        else
            Parallel.ForEach(islands, new ParallelOptions { MaxDegreeOfParallelism = islands.Length }, action);
    }
}
