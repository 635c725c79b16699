using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class ReachConstraintTests
{
    private static readonly DateTimeOffset Now = Given.Morning;
    private readonly ReachConstraint constraint = new();

    /// <summary>East of the river one gets by bridge; the bridge may be one-way or gone.</summary>
    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, false, true, false)]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, true, false)]
    public void Way_ExistsToEveryStopAndHome(bool across, bool back, bool returns, bool allowed)
    {
        var technician = Given.Technician() with { ReturnsHome = returns };
        var job = Given.Job();

        var violation = constraint.Check(RouteCandidate.Time(technician, job, [new RouteStop(job)], Now, new Bridge(across, back)));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.unreachable", "choose_other_mode");
    }

    [Fact]
    public void Solver_SeesNoWayEither()
    {
        var plan = new ZonePlanner(new Bridge(false, true)).Plan(
            Given.Snapshot([Given.Technician()], [Given.Job()]), null, PlanBudget.InsertionOnly, 1);

        Assert.Equal("plan.unreachable", Assert.Single(Assert.Single(plan.Unplaced).Reasons).Code);
    }

    private sealed class Bridge(bool across, bool back) : ITravel
    {
        public TravelLeg Leg(Place from, Place to, DateTimeOffset departure) =>
            from == to || (to.Lon > from.Lon ? across : back) ? Given.Travel.Leg(from, to, departure) : TravelLeg.Unreachable;
    }
}
