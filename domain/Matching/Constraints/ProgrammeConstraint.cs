namespace Dispatch.Domain.Matching.Constraints;

/// <summary>A brand's programme pays for no more jobs than its quota; whose turn it is, <see cref="ProgrammeQuota"/> says.</summary>
public sealed class ProgrammeConstraint : IPlanningConstraint
{
    public string Code => "plan.programme_exhausted";

    public string Remedy => "raise_quota";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, _, j, job) =>
    {
        if (job.OverQuota > 0)
            model.Builder.Forbid(t, j);
    });

    /// <summary>The fact <c>lacking</c> is by how much the quota would have to rise for this job.</summary>
    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (job.OverQuota > 0)
                return this.Violated(job.OverQuota, ("job", job.Id.Value), ("programme", job.Programme!), ("lacking", job.OverQuota));
        return null;
    }
}
