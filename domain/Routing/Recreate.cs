namespace Dispatch.Domain.Routing;

/// <summary>
/// Puts every unserved job back at its cheapest place, one after the other in a drawn order, now and then looking past a route ("blink"), so that the
/// same ruin does not end in the same routes.
/// </summary>
internal sealed class Recreate
{
    /// <summary>One look in this many is a blink.</summary>
    private const int BlinkOneIn = 100;

    /// <summary>Above this many pairs of technician and job nothing is remembered.</summary>
    private const long MostRemembered = 8_000_000;

    private readonly SearchState state;
    private readonly RoutingProblem problem;
    private readonly InsertionFinder finder;
    private readonly JobOrders orders;
    private readonly (long Version, Insertion Insertion)[]? remembered;
    private readonly (int Pass, int Count)[] emptySeen;
    private int[] waiting = new int[64];
    private int pass;

    public Recreate(SearchState state)
    {
        this.state = state;
        problem = state.Problem;
        finder = new InsertionFinder(problem);
        orders = new JobOrders(problem);
        var pairs = (long)problem.Technicians * problem.Jobs;
        remembered = pairs <= MostRemembered ? new (long, Insertion)[pairs] : null;
        emptySeen = new (int, int)[problem.Technicians];
        Classes = NumberClasses(problem);
    }

    private int[] Classes { get; }

    /// <summary>Inserts what can be inserted; the rest stays unserved.</summary>
    /// <param name="chance">Source of chance.</param>
    /// <param name="blinks">Whether a route is overlooked now and then.</param>
    /// <param name="spared">A technician who gets nothing, or −1.</param>
    public void Run(ref Xoshiro chance, bool blinks, int spared = -1)
    {
        var unserved = state.Unserved;
        var count = unserved.Count;
        if (waiting.Length < count)
        {
            waiting = new int[count * 2];
        }

        unserved.CopyTo(waiting);
        orders.Sort(waiting.AsSpan(0, count), ref chance);
        unserved.Clear();
        for (var i = 0; i < count; i++)
        {
            var job = waiting[i];
            var best = FindCheapest(job, ref chance, blinks, spared, out var technician);
            if (best.Exists)
            {
                state.Apply(technician, best);
            }
            else
            {
                unserved.Add(job);
            }
        }
    }

    /// <summary>The cheapest way to put one job into one route, remembered while the route stays as it is.</summary>
    public Insertion Find(Route route, int job)
    {
        if (remembered is null)
        {
            return finder.Find(route, job);
        }

        ref var entry = ref remembered[((long)route.Technician * problem.Jobs) + job];
        if (entry.Version != route.Version)
        {
            entry = (route.Version, finder.Find(route, job));
        }

        return entry.Insertion;
    }

    private Insertion FindCheapest(int job, ref Xoshiro chance, bool blinks, int spared, out int technician)
    {
        var best = Insertion.None;
        technician = -1;
        BeginLook();
        foreach (var route in state.Routes)
        {
            if (route.Technician == spared || !IsWorthALook(route, job))
            {
                continue;
            }

            if (blinks && chance.Below(BlinkOneIn) == 0)
            {
                continue;
            }

            var found = Find(route, job);
            if (found.Delta < best.Delta)
            {
                best = found;
                technician = route.Technician;
            }
        }

        return best;
    }

    /// <summary>Begins a round through all routes for one job.</summary>
    public void BeginLook() => pass++;

    /// <summary>False for a route that cannot have the job, or that stands for the same as two already seen in this round.</summary>
    public bool IsWorthALook(Route route, int job) =>
        problem.RuleOf(route.Technician, job) != PairRule.Forbidden && (route.JobCount > 0 || IsAmongFirstEmpty(route.Technician));

    // Of interchangeable technicians without work two need a look: the first for the best place, the second so that regret sees there is another.
    private bool IsAmongFirstEmpty(int technician)
    {
        ref var seen = ref emptySeen[Classes[technician]];
        seen = seen.Pass == pass ? seen with { Count = seen.Count + 1 } : (pass, 1);
        return seen.Count <= 2;
    }

    private static int[] NumberClasses(RoutingProblem problem)
    {
        var number = new Dictionary<int, int>();
        return [.. problem.Class.Select(c => number.TryGetValue(c, out var n) ? n : number[c] = number.Count)];
    }
}
