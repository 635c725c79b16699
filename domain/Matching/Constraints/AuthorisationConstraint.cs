namespace Dispatch.Domain.Matching.Constraints;

/// <summary>A brand that authorises people has authorised this technician, and still does when the work begins.</summary>
public sealed class AuthorisationConstraint : IPlanningConstraint
{
    public string Code => "plan.brand_not_authorised";

    public string Remedy => "authorise_technician";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (!IsAuthorised(technician, job))
            model.Builder.Forbid(t, j);
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (!IsAuthorised(candidate.Technician, job))
            {
                DateTimeOffset needed = Validity.LatestBegin(candidate.Technician, job);
                return candidate.Technician.Authorisations!.TryGetValue(job.Brand!, out DateTimeOffset until)
                    ? this.Violated((long)(needed - until).TotalMilliseconds, ("job", job.Id.Value), ("brand", job.Brand!), ("authorised_until", until), ("needed_until", needed))
                    : this.Violated(long.MaxValue, ("job", job.Id.Value), ("brand", job.Brand!));
            }

        return null;
    }

    private static bool IsAuthorised(TechnicianSnapshot technician, JobSnapshot job) =>
        job.Brand is not { } brand || technician.Authorisations is not { } held || (held.TryGetValue(brand, out DateTimeOffset until) && until >= Validity.LatestBegin(technician, job));
}
