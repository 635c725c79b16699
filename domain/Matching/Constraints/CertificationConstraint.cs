namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Every certificate behind a skill the job needs still holds when the work begins.</summary>
public sealed class CertificationConstraint : IPlanningConstraint
{
    public string Code => "plan.certification_lapsed";

    public string Remedy => "renew_certification";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (FirstLapsed(technician, job) is not null)
            model.Builder.Forbid(t, j);
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (FirstLapsed(candidate.Technician, job) is { } skill)
            {
                DateTimeOffset until = candidate.Technician.CertifiedUntil![skill];
                DateTimeOffset needed = Validity.LatestBegin(candidate.Technician, job);
                return this.Violated((long)(needed - until).TotalMilliseconds, ("job", job.Id.Value), ("skill", skill), ("certified_until", until), ("needed_until", needed));
            }

        return null;
    }

    private static string? FirstLapsed(TechnicianSnapshot technician, JobSnapshot job)
    {
        if (technician.CertifiedUntil is { IsEmpty: false } certified)
            foreach (string skill in job.Skills.Keys)
                if (certified.TryGetValue(skill, out DateTimeOffset until) && until < Validity.LatestBegin(technician, job))
                    return skill;
        return null;
    }
}
