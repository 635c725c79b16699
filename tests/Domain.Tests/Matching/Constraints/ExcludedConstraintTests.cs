using Dispatch.Domain;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class ExcludedConstraintTests
{
    private readonly ExcludedConstraint constraint = new();

    [Theory]
    [InlineData("", true)]
    [InlineData("t2", true)]
    [InlineData("t1", false)]
    [InlineData("t2,t1", false)]
    [InlineData("t2,t3", true)]
    public void ExcludedTechnician_DoesNotGetTheJob(string excluded, bool allowed)
    {
        var ids = excluded.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new TechnicianId(id));
        var job = Given.Job() with { Excluded = [.. ids] };

        var violation = constraint.Check(Given.Candidate(Given.Technician("t1"), job));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.technician_excluded", "lift_exclusion");
    }
}
