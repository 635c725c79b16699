using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class PartConstraintTests
{
    private readonly PartConstraint constraint = new();

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(3, 2, true)]
    public void Units_ComeOutOfTheStock(int stock, int needed, bool allowed)
    {
        var violation = constraint.Check(Given.Candidate(With(stock), Needs("j1", needed)));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.part_missing", "fetch_part_at_depot");
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Units_AddUpAlongTheRoute(int stock, bool allowed) =>
        Assert.Equal(allowed, constraint.Check(Given.Candidate(With(stock), Needs("j1", 1), Needs("j2", 1))) is null);

    [Fact]
    public void DepotCall_GivesUnlimitedUnitsToWhatComesAfterItOnly()
    {
        Assert.Null(constraint.Check(Given.Candidate(With(1), Needs("j1", 1), Given.Depot(), Needs("j2", 9))));
        Assert.NotNull(constraint.Check(Given.Candidate(With(1), Needs("j1", 2), Given.Depot(), Needs("j2", 9))));
    }

    [Fact]
    public void DepotVisitedEarlier_GivesUnlimitedUnits() =>
        Assert.Null(constraint.Check(Given.Candidate(With(0) with { DepotVisited = true }, Needs("j1", 9))));

    [Fact]
    public void OtherParts_DoNotHelp()
    {
        var technician = Given.Technician() with { Stock = Given.Counts(("battery", 5)) };

        var violation = constraint.Check(Given.Candidate(technician, Needs("j1", 2)));

        Assert.Equal("screen", Verdict.Fact(violation, "part"));
        Assert.Equal("2", Verdict.Fact(violation, "needed"));
        Assert.Equal("0", Verdict.Fact(violation, "left"));
        Assert.Equal(2, violation!.Excess);
    }

    private static TechnicianSnapshot With(int screens) => Given.Technician() with { Stock = Given.Counts(("screen", screens)) };

    private static JobSnapshot Needs(string id, int screens) => Given.Job(id) with { Parts = Given.Counts(("screen", screens)) };
}
