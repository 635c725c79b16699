using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class AreaConstraintTests
{
    private readonly AreaConstraint constraint = new();

    /// <summary>Areas of the job, the technician's own (none at all differs from an empty list) and those he is lent to.</summary>
    [Theory]
    [InlineData("", null, null, true)]
    [InlineData("east", null, null, true)]
    [InlineData("east", "east", null, true)]
    [InlineData("east", "west", null, false)]
    [InlineData("east", "", null, false)]
    [InlineData("", "east", null, false)]
    [InlineData("east west", "west", null, true)]
    [InlineData("east", "west", "east", true)]
    [InlineData("east", "west", "north", false)]
    [InlineData("east", "East", null, false)]
    public void BoundTechnician_WorksInHisAreasAndWhereLent(string job, string? own, string? lent, bool allowed)
    {
        TechnicianSnapshot technician = Given.Technician() with { Areas = own is null ? null : Given.Set(Split(own)), LentTo = lent is null ? null : Given.Set(Split(lent)) };

        Violation? violation = constraint.Check(Given.Candidate(technician, Given.Job() with { Areas = Given.Set(Split(job)) }));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.outside_area", "lend_technician");
    }

    /// <summary>The east begins at 90 m; its border belongs to it.</summary>
    [Theory]
    [InlineData(100, true)]
    [InlineData(90, true)]
    [InlineData(80, false)]
    public void Planner_FindsTheAreasOfAPlaceByTheirOutline(double east, bool placed)
    {
        PlanningSnapshot snapshot = Given.Snapshot([Given.Technician() with { Areas = Given.Set("east") }], [Given.Job(east: east)]) with
        {
            Areas = [new AreaSnapshot("east", [Given.Square(90, -500, 600, 500)])],
        };

        Assert.Equal(placed, Given.Plan(snapshot).Unplaced.IsEmpty);
    }

    [Fact]
    public void OutlineThatIsNone_IsAProgrammingError()
    {
        PlanningSnapshot snapshot = Given.Snapshot([], []) with { Areas = [new AreaSnapshot("east", [[Given.Origin, Given.Origin]])] };

        Assert.Contains("territory.ring_too_short", Assert.Throws<ArgumentException>(() => Given.Plan(snapshot)).Message, StringComparison.Ordinal);
    }

    private static string[] Split(string codes) => codes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
