namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// Jobs that are done wherever the technician is, such as a break. A route without them is never dearer and breaks nothing, so that the relaxation leaves
/// them out: each counts with its fixed costs alone, for its time may be one of waiting anyway, or with its unserved cost.
/// </summary>
internal static class FloatingStops
{
    public static bool IsFloating(this RoutingProblem problem, int node) => problem.PlaceOf[node] == RoutingProblem.Floating;

    public static bool IsFloatingJob(this RoutingProblem problem, int job) =>
        problem.FirstNode[job] < problem.FirstNode[job + 1] && problem.IsFloating(problem.FirstNode[job]);

    /// <summary>The least a route of nothing but such jobs can cost besides them, above the empty one.</summary>
    public static long LeastUse(RoutingProblem problem, int technician) =>
        Enumerable.Range(0, problem.Jobs).Any(job => problem.IsFloatingJob(job)) ? Math.Min(0, problem.CostOfUse(technician)) : 0;
}
