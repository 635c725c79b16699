namespace Dispatch.Domain.Matching.Constraints;

/// <summary>A technician gets no more jobs than his limit for the rest of the day.</summary>
public sealed class MaxJobsConstraint : IPlanningConstraint
{
    public string Code => "plan.job_limit_reached";

    public string Remedy => "raise_job_limit";

    public void Compile(CompiledSnapshot model)
    {
        for (var t = 0; t < model.Snapshot.Technicians.Length; t++)
        {
            if (model.Snapshot.Technicians[t].MaxJobs is { } limit)
            {
                // Breaks are jobs to the solver.
                model.Builder.SetMaxJobs(t, (int)Math.Min(int.MaxValue, (long)limit + model.Snapshot.Technicians[t].Breaks.Length));
            }
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        var count = candidate.Jobs.Count();
        return candidate.Technician.MaxJobs is { } limit && count > limit
            ? this.Violated(count - limit, ("limit", limit), ("jobs", count))
            : null;
    }
}
