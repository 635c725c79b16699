using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class SkillConstraintTests
{
    private readonly SkillConstraint constraint = new();

    /// <summary>Needs and skills as <c>code:level</c>.</summary>
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "solder:1", true)]
    [InlineData("solder:1", "", false)]
    [InlineData("solder:1", "solder:1", true)]
    [InlineData("solder:2", "solder:1", false)]
    [InlineData("solder:1", "solder:2", true)]
    [InlineData("solder:0", "", false)]
    [InlineData("solder:0", "solder:0", true)]
    [InlineData("solder:1,glass:1", "solder:1", false)]
    [InlineData("solder:1,glass:1", "glass:1,solder:1", true)]
    [InlineData("solder:1", "Solder:1", false)]
    public void EverySkill_IsThereAtItsLevel(string needs, string skills, bool allowed)
    {
        var technician = Given.Technician() with { Skills = Read(skills) };

        var violation = constraint.Check(Given.Candidate(technician, Given.Job() with { Skills = Read(needs) }));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.skill_missing", "assign_skill");
    }

    [Fact]
    public void Excess_CountsMissingLevels()
    {
        var technician = Given.Technician() with { Skills = Read("solder:1") };

        var violation = constraint.Check(Given.Candidate(technician, Given.Job() with { Skills = Read("solder:3,glass:2") }));

        Assert.Equal(5, violation!.Excess);
        Assert.Equal("glass", Verdict.Fact(violation, "skill"));
        Assert.Equal("2", Verdict.Fact(violation, "needed_level"));
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, int> Read(string list) => Given.Counts(
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split(':')).Select(pair => (pair[0], int.Parse(pair[1])))]);
}
