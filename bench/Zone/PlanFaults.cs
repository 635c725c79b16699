using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Dispatch.Bench.Zone;

/// <summary>Drives every route of a plan again and asks every constraint about every stop.</summary>
public static class PlanFaults
{
    /// <exception cref="InvalidOperationException">A job is served twice or lost, or a constraint is violated.</exception>
    public static void Throw(PlanningSnapshot snapshot, ZonePlan plan, PlanningRules rules, ITravel travel)
    {
        Dictionary<JobId, JobSnapshot> jobs = snapshot.Jobs.ToDictionary(job => job.Id);
        Dictionary<DepotId, DepotSnapshot> depots = snapshot.Depots.ToDictionary(depot => depot.Id);
        HashSet<JobId> seen = [.. plan.Unplaced.Select(unplaced => unplaced.Job)];
        if (seen.Count != plan.Unplaced.Length)
            throw new InvalidOperationException("A job is left out twice.");
        for (int t = 0; t < plan.Routes.Length; t++)
        {
            PlannedRoute route = plan.Routes[t];
            if (route.Technician != snapshot.Technicians[t].Id)
                throw new InvalidOperationException($"Route {t} is not that of {snapshot.Technicians[t].Id}.");
            RouteStop[] order =
                [.. route.Stops.Select(stop => new RouteStop(stop.Job is { } job ? jobs[job] : null, stop.Depot is { } depot ? depots[depot] : null))];
            foreach (RouteStop planned in order)
            {
                if (planned.Job is not { } job)
                    continue;
                if (!seen.Add(job.Id))
                    throw new InvalidOperationException($"{job.Id} is there twice.");
                RouteCandidate driven = RouteCandidate.Time(snapshot.Technicians[t], job, order, snapshot.Now, travel);
                foreach (IPlanningConstraint constraint in rules.Constraints)
                    if (constraint.Check(driven) is { } violation)
                        throw new InvalidOperationException($"{job.Id} with {route.Technician}: {violation.Code}");
            }
        }

        if (seen.Count != jobs.Count)
            throw new InvalidOperationException($"{jobs.Count - seen.Count} jobs are lost.");
    }
}
