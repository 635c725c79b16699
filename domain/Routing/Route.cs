namespace Dispatch.Domain.Routing;

/// <summary>
/// One technician's stops with everything an insertion check looks up: the run from the start to each stop, the run from each stop to the end,
/// and the units left for jobs before the depot call. Always feasible.
/// </summary>
internal sealed class Route
{
    private readonly RoutingProblem problem;
    private readonly int[] left;
    private int[] nodes = new int[16];
    private Segment[] prefix = new Segment[16];
    private Segment[] suffix = new Segment[16];

    public Route(RoutingProblem problem, int technician)
    {
        this.problem = problem;
        Technician = technician;
        left = new int[problem.Consumables];
        nodes[0] = problem.StartNode(technician);
        nodes[1] = problem.EndNode(technician);
        Count = 2;
    }

    public int Technician { get; }

    /// <summary>Stops with start and end.</summary>
    public int Count { get; private set; }

    /// <summary>Position of the depot call, or −1.</summary>
    public int DepotAt { get; private set; }

    public int JobCount => Count - 2 - (DepotAt >= 0 ? 1 : 0);

    public long Travel { get; private set; }

    public long Cost { get; private set; }

    public long Duration => prefix[Count - 1].Duration;

    /// <summary>Names this content among all contents any route of the search ever had.</summary>
    public long Version { get; private set; }

    public ReadOnlySpan<int> Nodes => nodes.AsSpan(0, Count);

    public ReadOnlySpan<Segment> Prefix => prefix.AsSpan(0, Count);

    public ReadOnlySpan<Segment> Suffix => suffix.AsSpan(0, Count);

    /// <summary>Units left before the depot call; meaningless once the technician's depot call is done.</summary>
    public ReadOnlySpan<int> Left => left;

    /// <summary>Whether the units a job needs are left before the depot call.</summary>
    public bool HasUnitsFor(int job)
    {
        if (problem.DepotDone[Technician])
        {
            return true;
        }

        var demand = problem.Demand.AsSpan(job * left.Length, left.Length);
        for (var k = 0; k < demand.Length; k++)
        {
            if (demand[k] > left[k])
            {
                return false;
            }
        }

        return true;
    }

    public void Insert(int node, int at)
    {
        if (Count == nodes.Length)
        {
            Array.Resize(ref nodes, Count * 2);
            Array.Resize(ref prefix, Count * 2);
            Array.Resize(ref suffix, Count * 2);
        }

        Array.Copy(nodes, at, nodes, at + 1, Count - at);
        nodes[at] = node;
        Count++;
    }

    public void RemoveAt(int at)
    {
        Array.Copy(nodes, at + 1, nodes, at, Count - at - 1);
        Count--;
    }

    public void Clear()
    {
        nodes[1] = nodes[Count - 1];
        Count = 2;
    }

    /// <summary>Brings everything derived up to date after a change. False where the stops break a window, which then has to be undone.</summary>
    public bool Refresh(long version)
    {
        Version = version;
        DepotAt = -1;
        Travel = 0;
        ResetStock();
        var fixedCost = Count > 2 ? problem.CostOfUse(Technician) : 0;
        prefix[0] = Segment.Of(problem, nodes[0]);
        for (var i = 1; i < Count; i++)
        {
            var travel = problem.TravelBetween(nodes[i - 1], nodes[i]);
            if (!prefix[i - 1].TryJoin(travel, Segment.Of(problem, nodes[i]), out prefix[i]))
            {
                return false;
            }

            Travel += travel;
            fixedCost += problem.NodeCost[nodes[i]] + Visit(nodes[i], i);
        }

        suffix[Count - 1] = Segment.Of(problem, nodes[Count - 1]);
        for (var i = Count - 2; i >= 0; i--)
        {
            Segment.Of(problem, nodes[i]).TryJoin(problem.TravelBetween(nodes[i], nodes[i + 1]), suffix[i + 1], out suffix[i]);
        }

        Cost = (problem.DurationWeight * prefix[Count - 1].Duration) + (problem.TravelWeight * Travel) + fixedCost;
        return true;
    }

    /// <summary>Where a depot call stands among the stops, found by looking, so right also between a change and <see cref="Refresh"/>.</summary>
    public int DepotPosition()
    {
        for (var i = 1; i < Count - 1; i++)
        {
            if (problem.IsDepot(nodes[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether tools or units force a depot call on the jobs in this order. Leaves <see cref="Left"/> to be refreshed.</summary>
    public bool NeedsDepot() => !problem.DepotDone[Technician] && LatestDepotPosition() < Count - 1;

    /// <summary>
    /// The last position at which a depot call, inserted there, still comes before the first job that needs it. Leaves <see cref="Left"/> to be refreshed.
    /// </summary>
    public int LatestDepotPosition()
    {
        ResetStock();
        for (var i = 1; i < Count - 1; i++)
        {
            var job = problem.JobOf[nodes[i]];
            if (job >= 0)
            {
                if (problem.RuleOf(Technician, job) == PairRule.AfterDepot || !HasUnitsFor(job))
                {
                    return i;
                }

                Use(job);
            }
        }

        return Count - 1;
    }

    public void CopyFrom(Route other)
    {
        if (nodes.Length < other.Count)
        {
            nodes = new int[other.nodes.Length];
            prefix = new Segment[other.nodes.Length];
            suffix = new Segment[other.nodes.Length];
        }

        Count = other.Count;
        other.Nodes.CopyTo(nodes);
        other.Prefix.CopyTo(prefix);
        other.Suffix.CopyTo(suffix);
        other.left.CopyTo(left, 0);
        DepotAt = other.DepotAt;
        Travel = other.Travel;
        Cost = other.Cost;
        Version = other.Version;
    }

    private long Visit(int node, int at)
    {
        var job = problem.JobOf[node];
        if (job >= 0)
        {
            if (DepotAt < 0)
            {
                Use(job);
            }

            return problem.CostOfPair(Technician, job);
        }

        if (problem.IsDepot(node))
        {
            DepotAt = at;
        }

        return 0;
    }

    private void ResetStock() => problem.Stock.AsSpan(Technician * left.Length, left.Length).CopyTo(left);

    private void Use(int job)
    {
        var demand = problem.Demand.AsSpan(job * left.Length, left.Length);
        for (var k = 0; k < demand.Length; k++)
        {
            left[k] -= demand[k];
        }
    }
}
