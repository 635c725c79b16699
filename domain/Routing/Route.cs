using System.Runtime.InteropServices;

namespace Dispatch.Domain.Routing;

/// <summary>
/// One technician's stops with everything an insertion check looks up: the run from the start to each stop, the run from each stop to the end,
/// and the units left for jobs before the depot call. Always feasible.
/// </summary>
/// <remarks>
/// Runs lie as rows of whole numbers in one buffer, position by position, so that several positions are judged at once (<see cref="InsertionFinder"/>) and a
/// route is copied in one go. Every moment of a feasible route lies within <see cref="RoutingProblem.MaxHorizon"/>, so 32 bits hold it and any sum of two.
/// </remarks>
internal sealed class Route
{
    /// <summary>Readers may look so many positions past the last.</summary>
    public const int Slack = 8;

    private readonly RoutingProblem problem;
    private readonly int[] left;
    private int stride = 16 + Slack;
    private int[] data;

    public Route(RoutingProblem problem, int technician)
    {
        this.problem = problem;
        Technician = technician;
        left = new int[problem.Consumables];
        data = new int[stride * RunRows.Rows];
        data[0] = problem.StartNode(technician);
        data[1] = problem.EndNode(technician);
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

    /// <summary>Whether a stop is made wherever the technician is; such a stop has no place of its own.</summary>
    public bool HasFloating { get; private set; }

    /// <summary>Whether it ends with stops that cost nothing (<see cref="RoutingProblem.FloatingEndsFree"/>): then <see cref="Cost"/> is less than the runs say.</summary>
    public bool EndsFree { get; private set; }

    /// <summary>The earliest end.</summary>
    public long Done => Prefix(Count - 1).Done;

    public int Duration => data[(RunRows.PrefixRow * stride) + Count - 1];

    /// <summary>Names this content among all contents any route of the search ever had.</summary>
    public long Version { get; private set; }

    public ReadOnlySpan<int> Nodes => data.AsSpan(0, Count);

    /// <summary>Where the technician is at each position.</summary>
    public ReadOnlySpan<int> Places => data.AsSpan(RunRows.PlaceRow * stride, Count);

    /// <summary>Travel to each position from the one before.</summary>
    public ReadOnlySpan<int> Legs => data.AsSpan(RunRows.LegRow * stride, Count);

    /// <summary>Units left before the depot call; meaningless once the technician's depot call is done.</summary>
    public ReadOnlySpan<int> Left => left;

    /// <summary>The rows, for judging several positions at once. A floating stop's run to the end is stored as one that nothing can be joined to.</summary>
    public RunRows Runs => new(ref MemoryMarshal.GetArrayDataReference(data), stride);

    /// <summary>The run from the start to a position.</summary>
    public Segment Prefix(int at) => RunRows.At(ref Runs.Prefix, stride, at);

    /// <summary>The run from a position, not of a floating stop, to the end.</summary>
    public Segment Suffix(int at) => RunRows.At(ref Runs.Suffix, stride, at);

    /// <summary>Whether the units a job needs are left before the depot call.</summary>
    public bool HasUnitsFor(int job)
    {
        if (problem.DepotDone[Technician])
            return true;
        ReadOnlySpan<int> demand = problem.Demand.AsSpan(job * left.Length, left.Length);
        for (int k = 0; k < demand.Length; k++)
            if (demand[k] > left[k])
                return false;
        return true;
    }

    public void Insert(int node, int at)
    {
        if (Count + 1 + Slack > stride)
            Grow();
        Array.Copy(data, at, data, at + 1, Count - at);
        data[at] = node;
        Count++;
    }

    public void RemoveAt(int at)
    {
        Array.Copy(data, at + 1, data, at, Count - at - 1);
        Count--;
    }

    public void Clear()
    {
        data[1] = data[Count - 1];
        Count = 2;
    }

    /// <summary>Brings everything derived up to date after a change. False where the stops break a window, which then has to be undone.</summary>
    public bool Refresh(long version)
    {
        Version = version;
        DepotAt = -1;
        Travel = 0;
        HasFloating = EndsFree = false;
        ResetStock();
        long fixedCost = Count > 2 ? problem.CostOfUse(Technician) : 0;
        Span<int> nodes = data.AsSpan(0, Count);
        Span<int> places = data.AsSpan(RunRows.PlaceRow * stride, Count);
        Span<int> legs = data.AsSpan(RunRows.LegRow * stride, Count);
        Segment run = Segment.Of(problem, nodes[0]);
        places[0] = problem.PlaceOf[nodes[0]];
        RunRows.Store(ref Runs.Prefix, stride, 0, run);
        for (int i = 1; i < nodes.Length; i++)
        {
            int node = nodes[i];
            int travel = 0;
            if (problem.PlaceOf[node] is >= 0 and var place)
                travel = problem.Travel[(places[i - 1] * problem.Places) + (places[i] = place)];
            else
                (places[i], HasFloating) = (places[i - 1], true);
            if (!run.TryJoin(travel, Segment.Of(problem, node), out run))
                return false;
            legs[i] = travel;
            RunRows.Store(ref Runs.Prefix, stride, i, run);
            Travel += travel;
            fixedCost += problem.NodeCost[node] + Visit(node, i);
        }

        Cost = (problem.DurationWeight * run.Duration) + (problem.TravelWeight * Travel) + problem.CostOfOvertime(Technician, run.Done) + fixedCost;
        RefreshSuffixes(nodes, legs);
        if (HasFloating && problem.FloatingEndsFree && problem.PlaceOf[nodes[^2]] < 0)
            EndFree(nodes);
        return true;
    }

    /// <summary>Where a depot call stands among the stops, found by looking, so right also between a change and <see cref="Refresh"/>.</summary>
    public int DepotPosition()
    {
        for (int i = 1; i < Count - 1; i++)
            if (problem.IsDepot(data[i]))
                return i;
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
        for (int i = 1; i < Count - 1; i++)
        {
            int job = problem.JobOf[data[i]];
            if (job < 0)
                continue;
            if (problem.RuleOf(Technician, job) == PairRule.AfterDepot || !HasUnitsFor(job))
                return i;
            Use(job);
        }

        return Count - 1;
    }

    public void CopyFrom(Route other)
    {
        if (stride != other.stride)
            (stride, data) = (other.stride, new int[other.data.Length]);
        other.data.AsSpan().CopyTo(data);
        other.left.AsSpan().CopyTo(left);
        Count = other.Count;
        DepotAt = other.DepotAt;
        Travel = other.Travel;
        Cost = other.Cost;
        Version = other.Version;
        (HasFloating, EndsFree) = (other.HasFloating, other.EndsFree);
    }

    /// <summary>The cost of the route that ends at its last stop with a place.</summary>
    private void EndFree(ReadOnlySpan<int> nodes)
    {
        int last = nodes.Length - 2;
        for (; last > 0 && problem.PlaceOf[nodes[last]] < 0; last--)
            Cost -= problem.NodeCost[nodes[last]] + problem.CostOfPair(Technician, problem.JobOf[nodes[last]]);
        Segment full = Prefix(nodes.Length - 1);
        int home = Legs[^1];
        Prefix(last).TryJoin(home, Segment.Of(problem, nodes[^1]), out Segment run);
        Cost += (problem.DurationWeight * (run.Duration - full.Duration)) + problem.CostOfOvertime(Technician, run.Done) - problem.CostOfOvertime(Technician, full.Done)
            - (last == 0 ? problem.CostOfUse(Technician) : 0);
        EndsFree = true;
    }

    private void RefreshSuffixes(ReadOnlySpan<int> nodes, ReadOnlySpan<int> legs)
    {
        Segment run = Segment.Of(problem, nodes[^1]);
        RunRows.Store(ref Runs.Suffix, stride, nodes.Length - 1, run);
        for (int i = nodes.Length - 2; i >= 0; i--)
        {
            Segment.Of(problem, nodes[i]).TryJoin(legs[i + 1], run, out run);
            RunRows.Store(ref Runs.Suffix, stride, i, problem.PlaceOf[nodes[i]] >= 0 ? run : run with { Latest = -1 });
        }
    }

    private long Visit(int node, int at)
    {
        int job = problem.JobOf[node];
        if (job >= 0)
        {
            if (DepotAt < 0)
                Use(job);
            return problem.CostOfPair(Technician, job);
        }

        if (problem.IsDepot(node))
            DepotAt = at;
        return 0;
    }

    private void Grow()
    {
        int wider = (stride * 2) - Slack;
        int[] grown = new int[wider * RunRows.Rows];
        for (int row = 0; row < RunRows.Rows; row++)
            data.AsSpan(row * stride, stride).CopyTo(grown.AsSpan(row * wider));
        (stride, data) = (wider, grown);
    }

    private void ResetStock() => problem.Stock.AsSpan(Technician * left.Length, left.Length).CopyTo(left);

    private void Use(int job)
    {
        ReadOnlySpan<int> demand = problem.Demand.AsSpan(job * left.Length, left.Length);
        for (int k = 0; k < demand.Length; k++)
            left[k] -= demand[k];
    }
}
