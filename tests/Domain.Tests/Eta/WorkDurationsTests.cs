using Dispatch.Domain.Eta;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Tests.Eta;

public class WorkDurationsTests
{
    private const double Spread = 0.35;

    /// <summary>Screens take half an hour, boards an hour and a half; the first of twenty technicians takes 0.7 of everybody's time, the last 1.4.</summary>
    private static readonly (string Category, double Minutes)[] Categories = [("screen", 30), ("battery", 20), ("board", 90)];

    [Fact]
    public void MinutesOfACategory_AndPacesOfTechnicians_AreRecovered()
    {
        WorkDurations learned = WorkDurations.Fit(Repairs(2_000, 1));
        foreach ((string category, double minutes) in Categories)
            Assert.InRange(learned.Estimate(category, new TechnicianId("somebody else"))!.Value.Median.TotalMinutes / minutes, 0.9, 1.1);
        Assert.InRange(learned.PaceOf(Technician(0)), 0.63, 0.77);
        Assert.InRange(learned.PaceOf(Technician(19)), 1.26, 1.54);
        Assert.Equal(1, learned.PaceOf(new TechnicianId("somebody else")));
    }

    [Fact]
    public void EightInTenUnseenRepairs_LieInTheirInterval()
    {
        WorkDurations learned = WorkDurations.Fit(Repairs(600, 1));
        WorkObservation[] unseen = [.. Repairs(2_000, 2)];
        Assert.InRange(unseen.Count(o => learned.Estimate(o.Category, o.Technician)!.Value.Covers(o.Duration)) / 2_000.0, 0.77, 0.83);
    }

    [Fact]
    public void WhoIsNotKnown_GetsAWiderInterval()
    {
        WorkDurations learned = WorkDurations.Fit(Repairs(1_000, 1));
        TimeEstimate known = learned.Estimate("screen", Technician(10))!.Value, anybody = learned.Estimate("screen", new TechnicianId("new"))!.Value;
        Assert.True(anybody.High / anybody.Low > known.High / known.Low);
    }

    [Fact]
    public void OneSlowRepair_MovesAPaceLessThanManyDo()
    {
        WorkObservation[] others = [.. Repairs(1_000, 1)];
        double Pace(int repairs) =>
            WorkDurations.Fit(others.Concat(Enumerable.Repeat(new WorkObservation("screen", new TechnicianId("slow"), TimeSpan.FromMinutes(60)), repairs)))
                .PaceOf(new TechnicianId("slow"));
        Assert.InRange(Pace(1), 1.01, 1.6);
        Assert.True(Pace(1) < Pace(5) && Pace(5) < Pace(40) && Pace(40) < 2.05);
    }

    [Fact]
    public void WhoDoesOnlyLongRepairs_IsNotSlow()
    {
        var specialist = new TechnicianId("specialist");
        WorkObservation[] boards = [.. Enumerable.Range(0, 40).Select(i => new WorkObservation("board", specialist, TimeSpan.FromMinutes(i % 2 == 0 ? 80 : 101)))];
        Assert.InRange(WorkDurations.Fit(Repairs(1_000, 1).Concat(boards)).PaceOf(specialist), 0.85, 1.15);
    }

    [Fact]
    public void ACategoryOfWhichTooLittleIsKnown_IsUnknown()
    {
        Assert.Null(WorkDurations.Fit([]).Estimate("screen", Technician(0)));
        WorkObservation one = new("lens", Technician(0), TimeSpan.FromMinutes(40));
        WorkDurations few = WorkDurations.Fit(Enumerable.Repeat(one, WorkDurations.LeastOfCategory - 1)), enough = WorkDurations.Fit(Enumerable.Repeat(one, WorkDurations.LeastOfCategory));
        Assert.Null(few.Estimate("lens", Technician(0)));
        TimeEstimate estimate = enough.Estimate("lens", Technician(0))!.Value;
        Assert.Equal(40, estimate.Median.TotalMinutes, 3);
        Assert.True(estimate.Low < estimate.Median && estimate.Median < estimate.High);
        Assert.Null(enough.Estimate("board", Technician(0)));
    }

    [Fact]
    public void OrderOfRepairs_MakesNoDifference()
    {
        WorkObservation[] repairs = [.. Repairs(300, 3)];
        WorkDurations one = WorkDurations.Fit(repairs), other = WorkDurations.Fit(repairs.Reverse());
        Assert.All(repairs, o => Assert.Equal(one.Estimate(o.Category, o.Technician), other.Estimate(o.Category, o.Technician)));
    }

    [Fact]
    public void WorkOfNoDuration_IsRefused() =>
        Assert.Throws<ArgumentException>(() => WorkDurations.Fit([new WorkObservation("screen", Technician(0), TimeSpan.Zero)]));

    private static TechnicianId Technician(int number) => new($"t{number:00}");

    private static IEnumerable<WorkObservation> Repairs(int count, ulong seed)
    {
        var chance = new Xoshiro(seed);
        var repairs = new WorkObservation[count];
        for (int i = 0; i < count; i++)
        {
            (string category, double minutes) = Categories[chance.Below(Categories.Length)];
            int technician = chance.Below(20);
            double normal = Math.Sqrt(-2 * Math.Log(1 - chance.Unit())) * Math.Cos(2 * Math.PI * chance.Unit());
            double pace = 0.7 * Math.Pow(2, technician / 19.0);
            repairs[i] = new WorkObservation(category, Technician(technician), TimeSpan.FromMinutes(minutes * pace * Math.Exp(Spread * normal)));
        }
        return repairs;
    }
}
