using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// Solves one problem: insertion first, then improvement for as long as allowed. Serving more is worth more than any saving, as far as the problem's unserved
/// costs say so. Deterministic for a seed, a number of threads and a number of rounds. For one caller at a time.
/// </summary>
public sealed class RoutingSearch
{
    private readonly RoutingProblem problem;
    private readonly ISearchStrategy strategy;

    /// <param name="problem">What to solve.</param>
    /// <param name="seed">Source of chance.</param>
    /// <param name="threads">How many threads may work on it, 1 or more.</param>
    public RoutingSearch(RoutingProblem problem, ulong seed, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        this.problem = problem;
        strategy = problem.Jobs > PartedSearch.MostJobsUncut ? new PartedSearch(problem, seed, threads) : new IslandSearch(problem, seed, threads);
    }

    /// <summary>The best plan so far.</summary>
    public RoutingSolution Best => strategy.Best;

    /// <summary>Takes over the routes of an earlier plan as far as they keep every rule. Before <see cref="Insert"/>.</summary>
    /// <param name="routes">Per technician nodes in order, as in <see cref="RoutingSolution.Routes"/>.</param>
    public void TakeOver(ImmutableArray<ImmutableArray<int>> routes) => strategy.TakeOver(routes);

    /// <summary>Inserts every unserved job that fits, the one that would lose most by waiting first.</summary>
    public void Insert() => strategy.Insert();

    /// <summary>Improves until the limit, then stands on the best plan found. Rounds are counted over all threads.</summary>
    public void Improve(SearchLimit limit)
    {
        if (problem.Jobs > 0 && problem.Technicians > 0)
            strategy.Improve(limit);
    }
}
