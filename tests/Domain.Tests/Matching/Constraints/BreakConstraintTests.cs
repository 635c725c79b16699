using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class BreakConstraintTests
{
    private readonly BreakConstraint constraint = new();

    /// <summary>A job of 60 s, 100 s away, then the break: its window and length in seconds.</summary>
    [Theory]
    [InlineData(0, 160, 30, true)]
    [InlineData(0, 159, 30, false)]
    [InlineData(500, 600, 30, true)]
    [InlineData(0, 0, 30, false)]
    public void Break_BeginsWithinItsWindow(double from, double to, double lasts, bool allowed)
    {
        BreakSnapshot pause = Given.Break(from, to, lasts);

        Violation? violation = constraint.Check(Given.Candidate(Given.Technician() with { Breaks = [pause] }, Given.Job(), pause, Given.Job("j2")));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.break_missed", "move_break");
    }

    /// <summary>The job is done at 160 s; the way home takes 100 s, and the shift ends at 1,000 s.</summary>
    [Theory]
    [InlineData(0, 160, 740, true)]
    [InlineData(0, 160, 741, false)]
    [InlineData(0, 159, 10, false)]
    [InlineData(800, 900, 100, true)]
    [InlineData(800, 900, 101, false)]
    public void BreakBehindTheLastStop_StillFitsIntoTheShift(double from, double to, double lasts, bool allowed)
    {
        TechnicianSnapshot technician = Given.Technician() with { ShiftEnd = Given.After(1000), Breaks = [Given.Break(from, to, lasts)] };

        Violation? violation = constraint.Check(Given.Candidate(technician, Given.Job()));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.break_missed", "move_break");
    }

    [Fact]
    public void Break_IsTakenWhereTheStopBeforeIs()
    {
        BreakSnapshot pause = Given.Break(0, 500, 40);

        RouteCandidate timed = Given.Candidate(Given.Technician() with { Breaks = [pause] }, Given.Job(), pause, Given.Job("j2", 150));

        Assert.Equal([Given.After(100), Given.After(160), Given.After(250)], timed.Stops.Select(stop => stop.ArriveAt));
    }
}
