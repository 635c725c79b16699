using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>
/// Gives out what programmes still grant, before any route is made: by priority and deadline class, then to whom it ends first, then by id. A job that nobody could do even with the whole
/// day before them and no break takes no place from another.
/// </summary>
internal static class ProgrammeQuota
{
    /// <summary>The snapshot with <see cref="JobSnapshot.OverQuota"/> set on the jobs whose turn has not come.</summary>
    public static PlanningSnapshot Apply(PlanningSnapshot snapshot, PlanningRules rules, ITravel travel)
    {
        Dictionary<JobId, int> over = [];
        foreach (ProgrammeSnapshot programme in snapshot.Programmes)
        {
            JobSnapshot[] own = [.. snapshot.Jobs.Where(job => job.Programme == programme.Code)];
            if (own.Length <= programme.Left)
                continue;
            int turn = 0;
            foreach (JobSnapshot job in InTurn(own).Where(job => IsPossible(job, snapshot, rules, travel)))
                if (++turn > programme.Left)
                    over[job.Id] = turn - programme.Left;
        }

        return over.Count == 0 ? snapshot : snapshot with { Jobs = [.. snapshot.Jobs.Select(job => over.TryGetValue(job.Id, out int lacking) ? job with { OverQuota = lacking } : job)] };
    }

    private static IEnumerable<JobSnapshot> InTurn(IEnumerable<JobSnapshot> jobs) => jobs
        .OrderByDescending(job => Math.Clamp(job.Priority, 0, 9) + (int)job.Deadline)
        .ThenBy(job => job.Openings.IsEmpty ? DateTimeOffset.MaxValue : job.Openings.Max(window => window.To))
        .ThenBy(job => job.Id.Value, StringComparer.Ordinal);

    private static bool IsPossible(JobSnapshot job, PlanningSnapshot snapshot, PlanningRules rules, ITravel travel)
    {
        return snapshot.Technicians.Any(technician => Keeps(technician, [new RouteStop(job)])
            || (!technician.DepotVisited && snapshot.Depots.Any(depot => Keeps(technician, [new RouteStop(depot), new RouteStop(job)]))));

        bool Keeps(TechnicianSnapshot technician, RouteStop[] stops)
        {
            RouteCandidate alone = RouteCandidate.Time(technician with { Breaks = [] }, job, stops, snapshot.Now, travel);
            return rules.Constraints.All(constraint => constraint.Check(alone) is null);
        }
    }
}
