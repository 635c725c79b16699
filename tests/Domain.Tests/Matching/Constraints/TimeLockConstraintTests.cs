using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class TimeLockConstraintTests
{
    private readonly TimeLockConstraint constraint = new();

    /// <summary>The job is reached after 100 s, its window is 0–150 s.</summary>
    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(90, 110, true)]
    [InlineData(0, 99, false)]
    [InlineData(500, 500, true)]
    public void FixedWork_BeginsThenWhateverItsWindowsSay(double from, double to, bool allowed)
    {
        JobSnapshot job = Given.Job() with { Windows = [Given.Window(0, 150)], LockedAt = Given.Window(from, to) };

        RouteCandidate candidate = Given.Candidate(Given.Technician(), job);
        Violation? violation = constraint.Check(candidate);

        Assert.Equal(allowed, violation is null);
        Assert.Null(new TimeWindowConstraint().Check(candidate));
        Verdict.IsOf(constraint, violation, "plan.time_locked", "release_time_lock");
    }

    [Fact]
    public void LaterFixedStop_IsLookedAtToo()
    {
        JobSnapshot second = Given.Job("j2", 200) with { LockedAt = Given.Window(259, 259) };

        Violation? violation = constraint.Check(Given.Candidate(Given.Technician(), Given.Job("j1"), second));

        Assert.Equal("j2", Verdict.Fact(violation, "job"));
        Assert.Equal(1000, violation!.Excess);
    }

    [Fact]
    public void Planner_WaitsForTheFixedMoment_AndForNobodyWhenItIsOver()
    {
        JobSnapshot job = Given.Job() with { LockedAt = Given.Window(777, 777) };

        Assert.Equal(Given.After(777), Given.Plan(Given.Snapshot([Given.Technician()], [job])).Routes[0].Stops[0].StartAt);
        UnplacedJob over = Assert.Single(Given.Plan(Given.Snapshot([Given.Technician()], [job with { LockedAt = Given.Window(-60, -30) }])).Unplaced);
        Assert.Equal("plan.time_locked", Assert.Single(over.Reasons).Code);
    }

    [Fact]
    public void TechnicianAndTime_MayBothBeFixed()
    {
        JobSnapshot job = Given.Job() with { LockedAt = Given.Window(777, 777), LockedTo = new("far") };
        ZonePlan plan = Given.Plan(Given.Snapshot([Given.Technician("near"), Given.Technician("far", -300)], [job]));

        Assert.Equal("far", Assert.Single(plan.Placements).Technician.Value);
        Assert.Equal(Given.After(777), plan.Routes[1].Stops[0].StartAt);
    }
}
