using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>From a prepared snapshot to routes, in the routing model and back.</summary>
internal sealed class PlanSolver(ITravel travel, PlanningRules rules, PricingContext pricing, ulong seed, int threads = 1)
{
    /// <summary>Above the price of anything that can be left out, so that what must stay is never given up for something else.</summary>
    private const long MustStay = 1L << 54;

    /// <param name="snapshot">Prepared: normal, quotas given out.</param>
    /// <param name="start">Routes to begin with, as far as they still fit; null for none.</param>
    /// <param name="staying">Jobs that, once placed, are not left out for others.</param>
    /// <param name="limit">How long to improve; null for insertion only.</param>
    public Solved Solve(PlanningSnapshot snapshot, IEnumerable<PlannedRoute>? start, ImmutableSortedSet<JobId> staying, SearchLimit? limit)
    {
        RoutingProblem problem = CompiledSnapshot.Compile(snapshot, pricing, rules, travel, builder =>
        {
            for (int j = 0; j < snapshot.Jobs.Length; j++)
                if (staying.Contains(snapshot.Jobs[j].Id))
                    builder.AddUnservedCost(j, MustStay);
        });
        RoutingSearch search = new(problem, seed, threads);
        search.TakeOver(PlanReading.RoutesOf(start ?? [], snapshot, problem));
        search.Insert();
        if (limit is not null)
            search.Improve(limit);
        return new Solved(snapshot, problem, search.Best, pricing);
    }
}
