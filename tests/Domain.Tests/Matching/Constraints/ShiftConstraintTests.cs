using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class ShiftConstraintTests
{
    private readonly ShiftConstraint constraint = new();

    /// <summary>The job is 100 s away and takes 60 s: back home at 260 s, done at 160 s.</summary>
    [Theory]
    [InlineData(260, true, true)]
    [InlineData(261, true, true)]
    [InlineData(259.999, true, false)]
    [InlineData(160, true, false)]
    [InlineData(160, false, true)]
    [InlineData(159.999, false, false)]
    public void Route_EndsWithinTheShift(double shiftEnd, bool returns, bool allowed)
    {
        var technician = Given.Technician() with { ShiftEnd = Given.After(shiftEnd), ReturnsHome = returns };

        var violation = constraint.Check(Given.Candidate(technician, Given.Job()));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.shift_exceeded", "extend_shift");
    }

    [Fact]
    public void Excess_IsTheOverrunInMilliseconds()
    {
        var violation = constraint.Check(Given.Candidate(Given.Technician() with { ShiftEnd = Given.After(200) }, Given.Job()));

        Assert.Equal(60_000, violation!.Excess);
        Assert.Equal("2031-03-04T08:04:20+08:00", Verdict.Fact(violation, "ends_at"));
    }

    [Fact]
    public void WaitingForAWindow_CountsAgainstTheShift()
    {
        var job = Given.Job() with { Windows = [Given.Window(1000, 1100)] };

        Assert.NotNull(constraint.Check(Given.Candidate(Given.Technician() with { ShiftEnd = Given.After(1159) }, job)));
        Assert.Null(constraint.Check(Given.Candidate(Given.Technician() with { ShiftEnd = Given.After(1160) }, job)));
    }

    /// <summary>There and back with the work takes 260 s; the shift ends after 200.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(100.0, false)]
    [InlineData(259.0, false)]
    [InlineData(260.0, true)]
    public void Overtime_MovesTheEnd(double? until, bool allowed)
    {
        var technician = Given.Technician() with { ShiftEnd = Given.After(200), OvertimeUntil = until is { } most ? Given.After(most) : null };

        Assert.Equal(allowed, new ShiftConstraint().Check(Given.Candidate(technician, Given.Job())) is null);
    }
}
