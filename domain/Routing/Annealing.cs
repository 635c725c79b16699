using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// One search on one thread: insertion first, then ruin and recreate under simulated annealing. Deterministic for a seed and a number of rounds.
/// </summary>
internal sealed class Annealing
{
    private const int MostNeighbours = 120;

    /// <summary>Chance that a round begins with two technicians exchanging their days; every other time strings are removed beside it.</summary>
    private const double ExchangeChance = 0.1;

    /// <summary>Chance that a round gives up a whole day, every other time without giving that technician anything back at once.</summary>
    private const double GiveUpChance = 0.05;

    private readonly SearchState state;
    private readonly Recreate recreate;
    private readonly StringRemoval ruin;
    private readonly RouteMoves moves;
    private readonly bool differ;
    private readonly double scale;
    private Xoshiro chance;

    public Annealing(RoutingProblem problem, ulong seed)
    {
        state = new SearchState(problem);
        recreate = new Recreate(state);
        Neighbours neighbours = new(problem, MostNeighbours);
        ruin = new StringRemoval(state, neighbours);
        // Cost of a change is about the travel of one leg, priced as the problem prices time on the way.
        scale = Math.Max(1, neighbours.MeanNear * (problem.DurationWeight + problem.TravelWeight));
        moves = new RouteMoves(state);
        differ = problem.Class.Distinct().Skip(1).Any();
        chance = new Xoshiro(seed);
    }

    public long Rounds { get; private set; }

    public long Improvements { get; private set; }

    public long BestCost => state.BestCost;

    /// <summary>The best plan so far.</summary>
    public RoutingSolution Best => state.Best(Rounds, Improvements);

    /// <summary>Takes over routes as far as they keep every rule; jobs that had a place and have none now stay unserved.</summary>
    /// <param name="routes">Per technician nodes in order.</param>
    public void TakeOver(IReadOnlyList<ImmutableArray<int>> routes)
    {
        for (int t = 0; t < routes.Count; t++)
            state.TrySet(t, routes[t].AsSpan());
        KeepAsBest();
    }

    /// <summary>Goes on from the best plan of another search of the same problem.</summary>
    public void GoOnFrom(Annealing other)
    {
        state.Empty();
        TakeOver(other.Best.Routes);
    }

    /// <summary>Inserts every unserved job that fits, the one that would lose most by waiting first.</summary>
    public void Insert()
    {
        new RegretInsertion(state, recreate).Run(ref chance);
        KeepAsBest();
    }

    /// <summary>Rounds until the schedule says so. The search stands where it is then; its best plan is kept beside.</summary>
    /// <param name="share">Asked before each round, with the number of rounds done by this call: the share of the cooling that is past, or 1 and more to end.</param>
    public void Improve(Func<long, double> share)
    {
        for (long round = 0; share(round) is < 1 and var past; round++)
        {
            int spared = Change();
            recreate.Run(ref chance, blinks: true, spared);
            state.SettleDepots();
            Rounds++;
            double temperature = scale * Cooling.At(past);
            if (state.Cost < state.KeptCost - (temperature * Math.Log(1 - chance.Unit())))
            {
                state.Keep();
                if (state.KeptCost < state.BestCost)
                {
                    state.SaveBest();
                    Improvements++;
                }
            }
            else
            {
                state.FallBack();
            }
        }
    }

    /// <summary>The ruin of a round. Returns a technician who is to get nothing back in it, or −1.</summary>
    private int Change()
    {
        // Interchangeable technicians gain nothing by either.
        double draw = differ ? chance.Unit() : 1;
        if (draw < GiveUpChance && moves.GiveUp(ref chance) is >= 0 and var technician)
            return chance.Below(2) == 0 ? technician : -1;
        if (draw >= 1 - ExchangeChance && draw < 1 && moves.TryExchange(ref chance) && chance.Below(2) == 0)
            return -1;
        ruin.Ruin(ref chance);
        return -1;
    }

    /// <summary>Ends on the best plan found, and tries once more to place what it leaves out.</summary>
    public void Settle()
    {
        state.ReturnToBest();
        if (state.Unserved.Count > 0)
            Insert();
    }

    private void KeepAsBest()
    {
        state.Keep();
        state.SaveBest();
    }
}
