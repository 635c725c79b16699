using System.Collections.Immutable;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Routes in the routing model, with what they were made of.</summary>
internal sealed record Solved(PlanningSnapshot Snapshot, RoutingProblem Problem, RoutingSolution Solution, PricingContext Pricing)
{
    public Timetable Timetable { get; } = new(Snapshot, Problem);

    public ImmutableArray<PlannedRoute> Routes => routes ??= [.. Solution.Routes.Select((nodes, t) => Timetable.RouteOf(t, nodes.AsSpan()))];

    public PlanCost Cost => Pricing.Price(Routes, Waiting.Select(job => Snapshot.Jobs[job].Id));

    /// <summary>Jobs of the snapshot in no route, ascending.</summary>
    public IEnumerable<int> Waiting => Solution.Unserved.Where(job => job < Snapshot.Jobs.Length);

    private ImmutableArray<PlannedRoute>? routes;

    public bool Places(JobId job) => StartOf(job) is not null;

    public DateTimeOffset? StartOf(JobId job)
    {
        foreach (PlannedRoute route in Routes)
            foreach (PlannedStop stop in route.Stops)
                if (stop.Job == job)
                    return stop.StartAt;
        return null;
    }
}
