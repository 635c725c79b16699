namespace Dispatch.Domain.Matching.Constraints;

/// <summary>A job that a dispatcher locked to one technician goes to nobody else.</summary>
public sealed class LockConstraint : IPlanningConstraint
{
    public string Code => "plan.locked_to_other";

    public string Remedy => "release_lock";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (IsViolated(technician, job))
        {
            model.Builder.Forbid(t, j);
        }
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var job in candidate.Jobs)
        {
            if (IsViolated(candidate.Technician, job))
            {
                return this.Violated(1, ("job", job.Id.Value), ("locked_to", job.LockedTo!.Value.Value));
            }
        }

        return null;
    }

    private static bool IsViolated(TechnicianSnapshot technician, JobSnapshot job) => job.LockedTo is { } locked && locked != technician.Id;
}
