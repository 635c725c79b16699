using System.Runtime.CompilerServices;

namespace Dispatch.Domain.Routing.Bounds;

/// <summary>When a part of a route is done: at the earliest, and at the latest that adds no waiting because the start may be put off.</summary>
/// <remarks>The two are what the duration of the whole needs (Savelsbergh 1992): feasibility follows from the first, waiting from the second.</remarks>
internal readonly record struct RouteClock(long Done, long LatestDone)
{
    public static RouteClock At(RoutingProblem problem, int start) =>
        new(problem.Open[start] + problem.Service[start], problem.Close[start] + problem.Service[start]);

    /// <summary>Goes on to a node and serves it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="travel">Ticks on the way; not <see cref="RoutingProblem.Unreachable"/>.</param>
    /// <param name="node">Where to.</param>
    /// <param name="next">The clock after service.</param>
    /// <param name="spent">Ticks added to the duration: travel, waiting nothing can avoid, service.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReach(RoutingProblem problem, long travel, int node, out RouteClock next, out long spent)
    {
        long open = problem.Open[node], close = problem.Close[node], service = problem.Service[node];
        long begin = Math.Max(Done + travel, open);
        if (begin > close)
        {
            (next, spent) = (default, 0);
            return false;
        }

        long latest = LatestDone + travel;
        long wait = Math.Max(open - latest, 0);
        next = new RouteClock(begin + service, Math.Min(latest + wait, close) + service);
        spent = travel + wait + service;
        return true;
    }
}
