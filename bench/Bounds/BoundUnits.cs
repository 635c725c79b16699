using Dispatch.Bench.Routing;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Bounds;

/// <summary>A bound in an instance's own numbers. Adapters round travel up to ticks, so that much is taken off again.</summary>
public static class BoundUnits
{
    /// <summary>The bound of the whole cost, as <see cref="InstanceAdapter.CostOf"/> counts it.</summary>
    public static double Of(InstanceAdapter adapter, long ticks)
    {
        RoutingProblem problem = adapter.Problem;
        (long perUnit, bool rounded) = adapter switch
        {
            TrspAdapter => (TrspProblem.TicksPerUnit, true),
            VrptwAdapter routing => (routing.TicksPerUnit, !routing.IsTruncated),
            _ => throw new ArgumentOutOfRangeException(nameof(adapter), adapter.Name, "There are no units for this kind of instance."),
        };
        // Each leg was rounded up by less than a tick, and no plan has more legs than jobs, depot calls and ways home.
        long legs = rounded ? problem.Jobs + (2L * problem.Technicians) : 0;
        return Math.Max(0, (ticks - legs) / (double)perUnit);
    }
}
