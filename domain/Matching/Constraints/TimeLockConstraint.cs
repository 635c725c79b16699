namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Work whose time a dispatcher has fixed begins then, to the moment or within the little that was left open.</summary>
public sealed class TimeLockConstraint : IPlanningConstraint
{
    public string Code => "plan.time_locked";

    public string Remedy => "release_time_lock";

    public void Compile(CompiledSnapshot model)
    {
        for (int j = 0; j < model.Snapshot.Jobs.Length; j++)
            if (model.Snapshot.Jobs[j].LockedAt is { } locked)
                model.Builder.SetWindows(j, locked.To < model.Snapshot.Now ? [] : [(Math.Max(0, model.Tick(locked.From)), model.Tick(locked.To))]);
    }

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (CandidateStop stop in candidate.Stops)
            if (stop.Job is { LockedAt: { } locked } job && (stop.StartAt < locked.From || stop.StartAt > locked.To))
                return this.Violated((long)(stop.StartAt - locked.To).TotalMilliseconds, ("job", job.Id.Value), ("start_at", stop.StartAt), ("locked_at", locked.To));
        return null;
    }
}
