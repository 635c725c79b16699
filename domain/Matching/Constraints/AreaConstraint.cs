namespace Dispatch.Domain.Matching.Constraints;

/// <summary>A technician who is bound to areas works nowhere else, unless lent to another.</summary>
public sealed class AreaConstraint : IPlanningConstraint
{
    public string Code => "plan.outside_area";

    public string Remedy => "lend_technician";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (IsOutside(technician, job))
            model.Builder.Forbid(t, j);
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (IsOutside(candidate.Technician, job))
                return this.Violated(1, ("job", job.Id.Value), ("areas_of_job", string.Join(' ', job.Areas)), ("areas_of_technician", string.Join(' ', candidate.Technician.Areas!)));
        return null;
    }

    private static bool IsOutside(TechnicianSnapshot technician, JobSnapshot job) =>
        technician.Areas is { } own && !job.Areas.Overlaps(own) && technician.LentTo?.Overlaps(job.Areas) != true;
}
