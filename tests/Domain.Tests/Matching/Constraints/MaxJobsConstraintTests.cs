using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class MaxJobsConstraintTests
{
    private readonly MaxJobsConstraint constraint = new();

    [Theory]
    [InlineData(null, 3, true)]
    [InlineData(3, 3, true)]
    [InlineData(2, 3, false)]
    [InlineData(0, 1, false)]
    public void Limit_CountsJobs(int? limit, int jobs, bool allowed)
    {
        var stops = Enumerable.Range(1, jobs).Select(i => (object)Given.Job($"j{i}")).ToArray();

        var violation = constraint.Check(Given.Candidate(Given.Technician() with { MaxJobs = limit }, stops));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.job_limit_reached", "raise_job_limit");
    }

    [Fact]
    public void DepotCall_IsNoJob()
    {
        var technician = Given.Technician() with { MaxJobs = 1 };

        Assert.Null(constraint.Check(Given.Candidate(technician, Given.Depot(), Given.Job())));
    }
}
