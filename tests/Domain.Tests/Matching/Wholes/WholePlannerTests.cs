using Dispatch.Domain;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching.Wholes;

/// <summary>Jobs that take several visits in order or several technicians at once.</summary>
public sealed class WholePlannerTests
{
    [Fact]
    public void TwoTechnicians_BeginAtTheSameMoment()
    {
        ZonePlan plan = Given.Plan(Given.Snapshot([Given.Technician("near"), Given.Technician("far", -400)], [Part("a", 0), Part("b", 0)]), rounds: 50);

        Assert.Empty(plan.Unplaced);
        Assert.All(plan.Routes, route => Assert.Single(route.Stops));
        Assert.Equal(Given.After(500), Start(plan, "a"));
        Assert.Equal(Given.After(500), Start(plan, "b"));
    }

    [Fact]
    public void TwoAtOnce_WithOneTechnician_StayOutBoth()
    {
        ZonePlan plan = Given.Plan(Given.Snapshot([Given.Technician()], [Part("a", 0), Part("b", 0), Given.Job("other", 50)]), rounds: 50);

        Assert.Equal(["a", "b"], plan.Unplaced.Select(left => left.Job.Value));
        Assert.All(plan.Unplaced, left => Assert.Equal("plan.whole_incomplete", Assert.Single(left.Reasons).Code));
        Assert.Equal("other", Assert.Single(plan.Placements).Job.Value);
    }

    [Fact]
    public void PartWithoutASkilledTechnician_KeepsTheOthersOut_AndSaysWhichItIs()
    {
        JobSnapshot expert = Part("b", 1) with { Skills = Given.Counts(("board", 3)) };
        ZonePlan plan = Given.Plan(Given.Snapshot([Given.Technician()], [Part("a", 0), expert]), rounds: 50);

        Assert.Equal("b", Constraints.Verdict.Fact(plan.Unplaced.Single(left => left.Job.Value == "a").Reasons[0].Example, "missing"));
        Assert.Equal("plan.skill_missing", plan.Unplaced.Single(left => left.Job.Value == "b").Reasons[0].Code);
    }

    /// <summary>The first visit takes 60 s after 100 s of travel; the second one waits for the gap.</summary>
    [Theory]
    [InlineData(0, 160)]
    [InlineData(1000, 1160)]
    public void SecondVisit_WaitsForTheFirstAndTheGap(double gap, double earliest)
    {
        JobSnapshot second = Part("b", 1, gap) with { Windows = [Given.Window(0, 5000)] };
        ZonePlan plan = Given.Plan(Given.Snapshot([Given.Technician() with { HasLeftHome = true }], [second, Part("a", 0)]), rounds: 50);

        Assert.Equal(Given.After(earliest), Start(plan, "b"));
        Assert.True(Start(plan, "a") <= Start(plan, "b") - TimeSpan.FromSeconds(60 + gap));
    }

    [Fact]
    public void SecondVisitWhoseWindowClosesBeforeTheGap_KeepsBothOut()
    {
        JobSnapshot second = Part("b", 1, 1000) with { Windows = [Given.Window(0, 1159)] };

        Assert.Equal(2, Given.Plan(Given.Snapshot([Given.Technician()], [Part("a", 0), second])).Unplaced.Length);
    }

    /// <summary>Only one of both fits into the day: the dearer to leave out has it, be it the whole or the ordinary job.</summary>
    [Theory]
    [InlineData(0, "ordinary")]
    [InlineData(3, "a b")]
    public void DearerToLeaveOut_HasTheRoom(int priority, string planned)
    {
        TechnicianSnapshot technician = Given.Technician() with { ShiftEnd = Given.After(330) };
        JobSnapshot[] jobs = [Part("a", 0) with { Priority = priority }, Part("b", 1) with { Priority = priority }, Given.Job("ordinary", -100) with { Priority = 2 }];

        Assert.Equal(planned, string.Join(' ', Given.Plan(Given.Snapshot([technician], jobs), rounds: 50).Routes[0].Stops.Select(stop => stop.Job!.Value.Value)));
    }

    [Fact]
    public void PlanMadeAnew_KeepsTheTimesOfAWholeThatStillFits()
    {
        PlanningSnapshot snapshot = Given.Snapshot([Given.Technician("t1"), Given.Technician("t2", -400)], [Part("a", 0), Part("b", 0)]);
        ZonePlan first = Given.Plan(snapshot);
        ZonePlan second = Given.Plan(snapshot with { Jobs = [Given.Job("new", 30), .. snapshot.Jobs] }, rounds: 100, previous: first);

        Assert.Empty(second.Unplaced);
        Assert.Equal(Start(first, "a"), Start(second, "a"));
        Assert.Equal(Start(first, "b"), Start(second, "b"));
    }

    [Fact]
    public void WholeThatContradictsItself_IsAProgrammingError()
    {
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([], [Part("a", 0), Part("whole", 1)])));
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([], [Part("a", 0) with { Service = TimeSpan.Zero }, Part("b", 0)])));
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([], [Part("a", 0, -1)])));
    }

    private static JobSnapshot Part(string id, int step, double gap = 0) => Given.Job(id) with { Part = new JobPart(new JobId("whole"), step, TimeSpan.FromSeconds(gap)) };

    private static DateTimeOffset Start(ZonePlan plan, string job) => plan.Routes.SelectMany(route => route.Stops).Single(stop => stop.Job?.Value == job).StartAt;
}
