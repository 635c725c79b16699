using Dispatch.Bench.Instances;
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
        (double perUnit, bool rounded) = adapter switch
        {
            TrspAdapter => (TrspProblem.TicksPerUnit, true),
            VrptwAdapter { BestColumn: "best_distance_dimacs" } => (10, false),
            _ => (100_000.0, true),
        };
        // Each leg was rounded up by less than a tick, and no plan has more legs than jobs, depot calls and ways home.
        long legs = rounded ? problem.Jobs + (2L * problem.Technicians) : 0;
        return Math.Max(0, (ticks - legs) / perUnit);
    }
}
