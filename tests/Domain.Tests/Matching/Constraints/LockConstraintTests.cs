using Dispatch.Domain;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class LockConstraintTests
{
    private readonly LockConstraint constraint = new();

    [Theory]
    [InlineData(null, true)]
    [InlineData("t1", true)]
    [InlineData("t2", false)]
    [InlineData("T1", false)]
    public void LockedJob_GoesOnlyToItsTechnician(string? lockedTo, bool allowed)
    {
        var job = Given.Job() with { LockedTo = lockedTo is null ? null : new TechnicianId(lockedTo) };

        var violation = constraint.Check(Given.Candidate(Given.Technician("t1"), job));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.locked_to_other", "release_lock");
    }

    [Fact]
    public void LockedJobElsewhereInTheRoute_IsSeenToo()
    {
        var locked = Given.Job("j1") with { LockedTo = new TechnicianId("t2") };

        var violation = constraint.Check(Given.Candidate(Given.Technician("t1"), locked, Given.Job("j2")));

        Assert.Equal("j1", Verdict.Fact(violation, "job"));
        Assert.Equal("t2", Verdict.Fact(violation, "locked_to"));
    }
}
