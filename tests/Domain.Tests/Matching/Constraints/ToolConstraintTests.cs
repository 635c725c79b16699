using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class ToolConstraintTests
{
    private readonly ToolConstraint constraint = new();

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "oven", true)]
    [InlineData("oven", "", false)]
    [InlineData("oven", "oven", true)]
    [InlineData("oven,lamp", "oven", false)]
    [InlineData("oven,lamp", "lamp,oven", true)]
    public void EveryTool_IsOnBoard(string needs, string tools, bool allowed)
    {
        var technician = Given.Technician() with { Tools = Given.Set(Split(tools)) };

        var violation = constraint.Check(Given.Candidate(technician, Given.Job() with { Tools = Given.Set(Split(needs)) }));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.tool_missing", "fetch_tool_at_depot");
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void DepotCall_BringsToolsToWhatComesAfterIt(bool before, bool after, bool allowed)
    {
        var job = Given.Job() with { Tools = Given.Set("oven") };
        object[] stops = [.. before ? new object[] { Given.Depot() } : [], job, .. after ? new object[] { Given.Depot() } : []];

        Assert.Equal(allowed, constraint.Check(Given.Candidate(Given.Technician(), stops)) is null);
    }

    [Fact]
    public void DepotVisitedEarlier_BringsEveryTool()
    {
        var technician = Given.Technician() with { DepotVisited = true };

        Assert.Null(constraint.Check(Given.Candidate(technician, Given.Job() with { Tools = Given.Set("oven") })));
    }

    [Fact]
    public void Violation_NamesToolAndJob()
    {
        var needy = Given.Job("j1") with { Tools = Given.Set("oven", "lamp") };

        var violation = constraint.Check(Given.Candidate(Given.Technician(), needy, Given.Job("j2")));

        Assert.Equal("j1", Verdict.Fact(violation, "job"));
        Assert.Equal("lamp", Verdict.Fact(violation, "tool"));
        Assert.Equal(2, violation!.Excess);
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
