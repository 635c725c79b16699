namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Who declined a job, let its offer run out or is barred by the customer does not get it.</summary>
public sealed class ExcludedConstraint : IPlanningConstraint
{
    public string Code => "plan.technician_excluded";

    public string Remedy => "lift_exclusion";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (job.Excluded.Contains(technician.Id))
        {
            model.Builder.Forbid(t, j);
        }
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var job in candidate.Jobs)
        {
            if (job.Excluded.Contains(candidate.Technician.Id))
            {
                return this.Violated(1, ("job", job.Id.Value), ("technician", candidate.Technician.Id.Value));
            }
        }

        return null;
    }
}
