namespace Dispatch.Domain.Routing;

/// <summary>
/// The one model every planner and benchmark is an adapter of, as arrays over small integers. Read-only once built; see <see cref="RoutingProblemBuilder"/>.
/// </summary>
/// <remarks>
/// Time is in ticks of the adapter's choosing (milliseconds in production). A job is served by one of its alternatives: nodes that differ in
/// their window. A route runs from its technician's start node to the end node. On the way it uses up consumables of its stock; it may
/// call once at a depot, after which nothing is scarce any more.
/// Cost = <see cref="DurationWeight"/> × duration + <see cref="TravelWeight"/> × travel + overtime + fixed costs of nodes + pair costs + costs of used routes + costs of
/// unserved jobs.
/// </remarks>
public sealed class RoutingProblem
{
    /// <summary>Travel entry for "there is no way": it lies beyond every horizon, and added to any moment of a route it still fits 32 bits.</summary>
    public const int Unreachable = 1 << 30;

    /// <summary>The longest horizon, in ticks, so that an unreachable leg can never fit into it. Twelve days of milliseconds.</summary>
    public const long MaxHorizon = Unreachable - 2L;

    /// <summary>The place of a stop that is made wherever the technician is.</summary>
    public const int Floating = -1;

    public required int Technicians { get; init; }

    public required int Jobs { get; init; }

    public required int Depots { get; init; }

    /// <summary>Kinds of consumables.</summary>
    public required int Consumables { get; init; }

    /// <summary>All nodes: starts, ends, depots, then the jobs' alternatives.</summary>
    public int Nodes => Open.Length;

    public required int Places { get; init; }

    /// <summary>Ticks from place i to place j at <c>i × Places + j</c>; may be asymmetric.</summary>
    public required int[] Travel { get; init; }

    /// <summary>Ticks from place i to place j at <c>j × Places + i</c>, so that all ways to one place lie side by side.</summary>
    public required int[] TravelBack { get; init; }

    /// <summary>Place per node, or <see cref="Floating"/>.</summary>
    public required int[] PlaceOf { get; init; }

    /// <summary>Earliest begin of service per node.</summary>
    public required long[] Open { get; init; }

    /// <summary>Latest begin of service per node, inclusive.</summary>
    public required long[] Close { get; init; }

    public required long[] Service { get; init; }

    /// <summary>Fixed cost of visiting a node.</summary>
    public required long[] NodeCost { get; init; }

    /// <summary>The job a node serves, or −1.</summary>
    public required int[] JobOf { get; init; }

    /// <summary>Alternatives of job j are nodes <c>FirstNode[j]</c> up to, not including, <c>FirstNode[j + 1]</c>.</summary>
    public required int[] FirstNode { get; init; }

    /// <summary>Units of consumable k that job j uses, at <c>j × Consumables + k</c>.</summary>
    public required int[] Demand { get; init; }

    /// <summary>Units technician t starts with, at <c>t × Consumables + k</c>.</summary>
    public required int[] Stock { get; init; }

    /// <summary>Per technician and job, at <c>t × Jobs + j</c>.</summary>
    public required PairRule[] Pair { get; init; }

    /// <summary>Cost of giving job j to technician t, at <c>t × Jobs + j</c>; null where all are zero.</summary>
    public required long[]? PairCost { get; init; }

    /// <summary>Cost of a route that has any stop, per technician; null where all are zero.</summary>
    public required long[]? UseCost { get; init; }

    /// <summary>Price of a tick that a route ends after <see cref="OvertimeFrom"/>, per technician; null where all are zero.</summary>
    public required long[]? OvertimePrice { get; init; }

    /// <summary>The moment from which overtime counts, per technician; null where nobody has a price for it.</summary>
    public required long[]? OvertimeFrom { get; init; }

    public required long[] UnservedCost { get; init; }

    public required int[] MaxJobs { get; init; }

    /// <summary>Nothing is scarce for this technician any more, and no depot call is left.</summary>
    public required bool[] DepotDone { get; init; }

    /// <summary>Technicians with equal numbers are interchangeable while their routes are empty.</summary>
    public required int[] Class { get; init; }

    /// <summary>Technicians who could not even get home in time: their routes stay empty and cost nothing.</summary>
    public required bool[] Closed { get; init; }

    public required long DurationWeight { get; init; }

    public required long TravelWeight { get; init; }

    /// <summary>
    /// Whether floating stops behind the last one with a place count for nothing: the route is over before they are made. They still must fit, so that nothing moves them out of their window.
    /// </summary>
    public bool FloatingEndsFree { get; init; }

    public bool IsClosed(int technician) => Closed[technician];

    public int StartNode(int technician) => technician;

    public int EndNode(int technician) => Technicians + technician;

    public int DepotNode(int depot) => (2 * Technicians) + depot;

    /// <summary>Whether a node is a depot's.</summary>
    public bool IsDepot(int node) => node >= 2 * Technicians && node < (2 * Technicians) + Depots;

    /// <summary>Ticks between the places of two nodes, neither of them floating.</summary>
    public int TravelBetween(int fromNode, int toNode) => Travel[(PlaceOf[fromNode] * Places) + PlaceOf[toNode]];

    public PairRule RuleOf(int technician, int job) => Pair[(technician * Jobs) + job];

    public long CostOfUse(int technician) => UseCost is null ? 0 : UseCost[technician];

    /// <summary>Price of ending a route at a moment.</summary>
    public long CostOfOvertime(int technician, long done) =>
        OvertimePrice is null ? 0 : OvertimePrice[technician] * Math.Max(0, done - OvertimeFrom![technician]);

    public long CostOfPair(int technician, int job) => PairCost is null ? 0 : PairCost[(technician * Jobs) + job];
}

/// <summary>What a technician may do about a job.</summary>
public enum PairRule : byte
{
    Allowed = 0,

    /// <summary>Only after a depot call.</summary>
    AfterDepot = 1,

    Forbidden = 2,
}
