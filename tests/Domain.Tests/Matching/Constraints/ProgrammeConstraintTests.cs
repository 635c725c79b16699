using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class ProgrammeConstraintTests
{
    private readonly ProgrammeConstraint constraint = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(7, false)]
    public void JobWhoseTurnHasNotCome_StaysOut(int overQuota, bool allowed)
    {
        JobSnapshot job = Given.Job() with { Programme = "first_visit", OverQuota = overQuota };

        Violation? violation = constraint.Check(Given.Candidate(Given.Technician(), job));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.programme_exhausted", "raise_quota");
        if (violation is not null)
            Assert.Equal($"{overQuota}", Verdict.Fact(violation, "lacking"));
    }

    /// <summary>Jobs as <c>id:priority:closes</c> and those that are planned. A job named <c>no…</c> is beyond everybody.</summary>
    [Theory]
    [InlineData(2, "a:0:900 b:1:900 c:0:800", "b c")]
    [InlineData(3, "a:0:900 b:1:900 c:0:800", "a b c")]
    [InlineData(0, "a:0:900", "")]
    [InlineData(1, "b:0:900 a:0:900", "a")]
    [InlineData(1, "no:9:900 a:0:900 b:0:900", "a")]
    public void Quota_GoesByPriorityThenToWhomItEndsFirst(int left, string jobs, string planned)
    {
        PlanningSnapshot snapshot = Given.Snapshot([Given.Technician()], [.. jobs.Split(' ').Select(text => text.Split(':')).Select(Read)]) with { Programmes = [new ProgrammeSnapshot("first_visit", left)] };

        ZonePlan plan = Given.Plan(snapshot, rounds: 50);

        Assert.Equal(planned.Split(' ', StringSplitOptions.RemoveEmptyEntries), plan.Routes[0].Stops.Select(stop => stop.Job!.Value.Value).Order());
        Assert.All(plan.Unplaced.Where(job => job.Job.Value != "no"), job => Assert.Equal("plan.programme_exhausted", Assert.Single(job.Reasons).Code));
    }

    [Fact]
    public void EachJobOverTheQuota_SaysByHowMuchItWouldHaveToRise()
    {
        PlanningSnapshot snapshot = Given.Snapshot([Given.Technician(), Given.Technician("t2")], [.. "abcd".Select(name => Read([$"{name}", "0", "900"]))]) with
        {
            Programmes = [new ProgrammeSnapshot("first_visit", 2)],
        };

        ZonePlan plan = Given.Plan(snapshot);

        Assert.Equal([("c", "1"), ("d", "2")], plan.Unplaced.Select(job => (job.Job.Value, Verdict.Fact(job.Reasons[0].Example, "lacking"))));
        Assert.All(plan.Unplaced, job => Assert.Equal(2, job.Reasons[0].Technicians));
    }

    private static JobSnapshot Read(string[] text) => Given.Job(text[0]) with
    {
        Priority = int.Parse(text[1], System.Globalization.CultureInfo.InvariantCulture),
        Windows = [Given.Window(0, double.Parse(text[2], System.Globalization.CultureInfo.InvariantCulture))],
        Skills = text[0] == "no" ? Given.Counts(("unheard_of", 1)) : Codes.None,
        Programme = "first_visit",
    };
}
