namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// The linear program behind the bound: the cheapest mixture of known routes that covers every job once, at most as many routes per group as it has
/// members, a job left out for its price. Only its dual prices are used, and only as a proposal: what is wrong with them costs height, not validity.
/// </summary>
/// <remarks>Primal simplex with an explicit inverse; the right-hand sides are a little apart, so that it does not stand still on equal ones.</remarks>
internal sealed class MasterProblem
{
    private const double Negligible = 1e-7;
    private const double Apart = 1e-5;

    private readonly int jobs;
    private readonly int rows;
    private readonly double unit;
    private readonly List<Column> columns = [];
    private readonly Dictionary<string, int> known = [];
    private readonly double[] right;
    private readonly double[] direction;
    private readonly int[] basic;
    private readonly List<bool> isBasic = [];
    private Basis basis;
    private int sinceRebuild;
    private bool isStale;

    /// <param name="groups">Groups of technicians; route costs count above their empty routes.</param>
    /// <param name="prices">Per job the price of leaving it out.</param>
    public MasterProblem(TechnicianGroup[] groups, long[] prices)
    {
        jobs = prices.Length;
        rows = jobs + groups.Length;
        unit = Math.Max(1, prices.Length == 0 ? 1 : prices.Average(price => (double)price));
        right = new double[rows];
        direction = new double[rows];
        basic = [.. Enumerable.Range(0, rows)];
        for (int i = 0; i < rows; i++)
        {
            right[i] = (i < jobs ? 1 : groups[i - jobs].Members) + (Apart * (1 + (i * 0.618033988749895 % 1)));
            columns.Add(new Column([(i, 1)], i < jobs ? prices[i] / unit : 0, null));
            isBasic.Add(true);
        }

        for (int j = 0; j < jobs; j++)
            Add(new Column([(j, -1)], 0, null));
        basis = new Basis(right, [.. basic.Select(c => columns[c].Cost)]);
    }

    public int Routes => columns.Count - rows - jobs;

    /// <summary>What a route would save per unit, at the present prices negative where it would.</summary>
    public double ReducedCost(RouteColumn route) =>
        (route.Cost / unit) - basis.Prices[jobs + route.Group] - route.Jobs.Sum(job => basis.Prices[job]);

    /// <summary>Adds a route, or lowers the cost of one that is known; false where neither is anything new.</summary>
    public bool Add(RouteColumn route)
    {
        string name = string.Join(',', route.Nodes.Prepend(route.Group));
        if (known.TryGetValue(name, out int at))
        {
            if (columns[at].Cost <= route.Cost / unit)
                return false;
            columns[at] = columns[at] with { Cost = route.Cost / unit, Route = route };
            isStale |= isBasic[at];
            return true;
        }

        known[name] = columns.Count;
        Add(new Column([.. route.Jobs.CountBy(job => job).Select(job => (job.Key, (double)job.Value)), (jobs + route.Group, 1)], route.Cost / unit, route));
        return true;
    }

    /// <summary>Whether a job is left out in part, and so its price is all that holds its multiplier.</summary>
    public bool IsLeftOut(int job) => Array.IndexOf(basic, job) is >= 0 and int row && basis.Values[row] > 10 * Apart * rows;

    /// <summary>Changes the price of leaving a job out.</summary>
    public void Reprice(int job, long price)
    {
        columns[job] = columns[job] with { Cost = price / unit };
        isStale = true;
    }

    /// <summary>Exchanges columns until none is worth it, at most so often. The multipliers of the jobs that follow.</summary>
    public long[] Solve(int mostPivots, BoundLimit limit)
    {
        for (int pivots = 0; pivots < mostPivots && !(pivots % 64 == 0 && limit.IsOver); pivots++)
        {
            if (isStale || sinceRebuild > 100 + (5 * rows))
                Rebuild();
            int entering = Cheapest(out double reducedCost);
            if (entering < 0)
                break;
            basis.Direction(columns[entering].Entries, direction);
            int leaving = Leaving();
            if (leaving < 0)
                break;
            basis.Pivot(leaving, direction, reducedCost);
            isBasic[basic[leaving]] = false;
            isBasic[entering] = true;
            basic[leaving] = entering;
            sinceRebuild++;
        }

        return [.. Enumerable.Range(0, jobs).Select(job => (long)Math.Floor(Math.Max(0, basis.Prices[job]) * unit))];
    }

    /// <summary>The cost of the present mixture.</summary>
    public double Value => unit * Enumerable.Range(0, rows).Sum(row => basis.Values[row] * columns[basic[row]].Cost);

    /// <summary>Routes replaced by what <paramref name="cost"/> says they cost; those it says nothing of are dropped.</summary>
    public static MasterProblem Again(MasterProblem old, TechnicianGroup[] groups, long[] prices, Func<RouteColumn, long?> cost)
    {
        MasterProblem fresh = new(groups, prices);
        foreach (Column column in old.columns)
        {
            if (column.Route is { } route && cost(route) is { } exact)
                fresh.Add(route with { Cost = exact });
        }

        return fresh;
    }

    private void Add(Column column)
    {
        columns.Add(column);
        isBasic.Add(false);
    }

    private int Cheapest(out double least)
    {
        least = -Negligible;
        int cheapest = -1;
        double[] prices = basis.Prices;
        for (int c = 0; c < columns.Count; c++)
        {
            if (isBasic[c])
                continue;
            Column column = columns[c];
            double cost = column.Cost;
            foreach ((int row, double factor) in column.Entries)
                cost -= prices[row] * factor;
            if (cost < least)
                (cheapest, least) = (c, cost);
        }

        return cheapest;
    }

    // Of equal ratios the largest divisor: the inverse stays accurate.
    private int Leaving()
    {
        int leaving = -1;
        double least = double.MaxValue;
        for (int i = 0; i < rows; i++)
        {
            if (direction[i] <= 1e-8)
                continue;
            double ratio = basis.Values[i] / direction[i];
            if (ratio < least - 1e-12 || (ratio <= least + 1e-12 && direction[i] > direction[leaving]))
                (leaving, least) = (i, Math.Min(ratio, least));
        }

        return leaving;
    }

    private void Rebuild()
    {
        (sinceRebuild, isStale) = (0, false);
        if (basis.TryRebuild([.. basic.Select(c => columns[c].Entries)], [.. basic.Select(c => columns[c].Cost)]))
            return;
        // Numbers have gone bad: begin again from the columns that leave every job out.
        for (int c = 0; c < columns.Count; c++)
            isBasic[c] = c < rows;
        for (int i = 0; i < rows; i++)
            basic[i] = i;
        basis = new Basis(right, [.. basic.Select(c => columns[c].Cost)]);
    }

    private readonly record struct Column((int Row, double Factor)[] Entries, double Cost, RouteColumn? Route);
}
