using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// Solves one problem: insertion first, then ruin and recreate under simulated annealing for as long as allowed. Serving more is worth more than any
/// saving, as far as the problem's unserved costs say so. Deterministic for a seed and a number of rounds. One instance, one thread.
/// </summary>
public sealed class RoutingSearch
{
    /// <summary>Start and end of the cooling, in mean travel to a near job.</summary>
    private const double HotTravel = 5.0;

    private const double ColdTravel = 0.1;
    private const int MostNeighbours = 120;

    private readonly RoutingProblem problem;
    private readonly SearchState state;
    private readonly Recreate recreate;
    private readonly Neighbours neighbours;
    private readonly StringRemoval ruin;
    private Xoshiro chance;
    private long rounds;
    private long improvements;

    public RoutingSearch(RoutingProblem problem, ulong seed)
    {
        this.problem = problem;
        state = new SearchState(problem);
        recreate = new Recreate(state);
        neighbours = new Neighbours(problem, MostNeighbours);
        ruin = new StringRemoval(state, neighbours);
        chance = new Xoshiro(seed);
    }

    /// <summary>The best plan so far.</summary>
    public RoutingSolution Best => state.Best(rounds, improvements);

    /// <summary>Takes over the routes of an earlier plan as far as they keep every rule. Before <see cref="Insert"/>.</summary>
    /// <param name="routes">Per technician nodes in order, as in <see cref="RoutingSolution.Routes"/>.</param>
    public void TakeOver(ImmutableArray<ImmutableArray<int>> routes)
    {
        for (var t = 0; t < routes.Length; t++)
        {
            state.TrySet(t, routes[t].AsSpan());
        }

        KeepAsBest();
    }

    /// <summary>Inserts every unserved job that fits, the one that would lose most by waiting first.</summary>
    public void Insert()
    {
        var insertion = new RegretInsertion(state, recreate);
        int before;
        do
        {
            before = state.Unserved.Count;
            state.SettleDepots();
            insertion.Run(ref chance);
        }
        // Depot calls that came in, or moved, may let in jobs that were turned away before.
        while (state.Unserved.Count < before);

        KeepAsBest();
    }

    /// <summary>Improves until the limit, then stands on the best plan found.</summary>
    public void Improve(SearchLimit limit)
    {
        if (problem.Jobs == 0 || problem.Technicians == 0)
        {
            return;
        }

        // Cost of a change is about the travel of one leg, priced as the problem prices time on the way.
        var scale = Math.Max(1, neighbours.MeanNear * (problem.DurationWeight + problem.TravelWeight));
        var hot = scale * HotTravel;
        var cooling = Math.Log(ColdTravel / HotTravel);
        for (long round = 0; ; round++)
        {
            var share = limit.ShareUsed(round);
            if (share >= 1)
            {
                break;
            }

            ruin.Ruin(ref chance);
            recreate.Run(ref chance, blinks: true);
            state.SettleDepots();
            rounds++;
            var temperature = hot * Math.Exp(cooling * share);
            if (state.Cost < state.KeptCost - (temperature * Math.Log(1 - chance.Unit())))
            {
                state.Keep();
                if (state.KeptCost < state.BestCost)
                {
                    state.SaveBest();
                    improvements++;
                }
            }
            else
            {
                state.FallBack();
            }
        }

        state.ReturnToBest();
        if (state.Unserved.Count > 0)
        {
            Insert();
        }
    }

    private void KeepAsBest()
    {
        state.Keep();
        state.SaveBest();
    }
}
