using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;
using Dispatch.Domain.Routing;

namespace Domain.Tests.Matching.Constraints;

public sealed class HorizonConstraintTests
{
    private static readonly DateTimeOffset Last = Given.Morning.AddMilliseconds(RoutingProblem.MaxHorizon);
    private readonly HorizonConstraint constraint = new();

    /// <summary>
    /// A job at the door of a technician who works for a month, in a window that opens so long before the last moment that is planned.
    /// </summary>
    [Theory]
    [InlineData(60_000, true)]
    [InlineData(59_999, false)]
    [InlineData(0, false)]
    [InlineData(-86_400_000, false)]
    public void TheRoute_EndsWithinWhatIsPlannedAhead(long millisecondsBefore, bool allowed)
    {
        DateTimeOffset opens = Last.AddMilliseconds(-millisecondsBefore);
        TechnicianSnapshot technician = Given.Technician() with { ShiftEnd = Given.Morning.AddDays(30) };
        JobSnapshot job = Given.Job(east: 0) with { Windows = [new TimeWindow(opens, opens.AddHours(8))] };

        Violation? violation = constraint.Check(Given.Candidate(technician, job));
        ZonePlan plan = Given.Plan(Given.Snapshot([technician], [job]));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.beyond_horizon", "plan_later");
        Assert.Equal(allowed ? [] : ["plan.beyond_horizon"], plan.Unplaced.SelectMany(left => left.Reasons).Select(reason => reason.Code));
    }

    /// <summary>A technician whose shift begins later than anything is planned has no part in this plan, and an empty day.</summary>
    [Fact]
    public void AShiftBeyondIt_IsNotPlannedYet()
    {
        TechnicianSnapshot technician = Given.Technician() with
        {
            FreeAt = Last.AddDays(1),
            ShiftStart = Last.AddDays(1),
            ShiftEnd = Last.AddDays(2),
        };
        ZonePlan plan = Given.Plan(Given.Snapshot([technician], [Given.Job(east: 0) with { Service = TimeSpan.Zero }]));

        Assert.Empty(Assert.Single(plan.Routes).Stops);
        Assert.Equal("plan.beyond_horizon", Assert.Single(Assert.Single(plan.Unplaced).Reasons).Code);
    }
}
