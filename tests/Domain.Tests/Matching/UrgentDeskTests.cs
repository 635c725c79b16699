using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Urgent;

namespace Domain.Tests.Matching;

public sealed class UrgentDeskTests
{
    private static readonly PlanningRules Rules = PlanningRules.Default with { Explain = false };

    [Fact]
    public void Place_IsTheCheapestOfAllTechniciansAndPositions()
    {
        Random random = new(3);
        int placed = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PlanningSnapshot zone = CityZones.Make(seed, 12, 60) with { Depots = [] };
            ZonePlan plan = Given.Plan(zone, 200, rules: Rules);
            UrgentDesk desk = new(zone, plan, Given.Travel, Rules);
            for (int i = 0; i < 5; i++)
            {
                JobSnapshot job = CityZones.Job(random, $"urgent{i}") with { Parts = Codes.None };
                (TechnicianSnapshot Technician, long Added)? best = BestByTrying(zone, plan, job);
                UrgentPlace? found = desk.Find(job);

                Assert.True((found is null) == (best is null), $"seed {seed}, job {i}");
                if (found is null)
                    continue;
                placed++;
                Assert.Equal(best!.Value.Added, found.AddedTime);
            }
        }

        Assert.InRange(placed, 50, 200);
    }

    [Fact]
    public void AcrossTheDateLine_TheSamePlacesAreFound()
    {
        // The same plane with the date line through its middle.
        Place origin = new(180 - (2000 / (111_319.49 * Math.Cos(Given.Origin.Lat * Math.PI / 180))), Given.Origin.Lat);
        (PlanarFrame here, PlanarFrame there, PlanarTravel travel) = (new(Given.Origin), new(origin), new(origin, 1));
        Random random = new(5);
        int placed = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            PlanningSnapshot zone = CityZones.Make(seed, 12, 60) with { Depots = [] };
            ZonePlan plan = Given.Plan(zone, 200, rules: Rules);
            UrgentDesk desk = new(zone, plan, Given.Travel, Rules);
            UrgentDesk moved = new(
                zone with { Technicians = [.. zone.Technicians.Select(t => t with { Start = Moved(t.Start), Home = Moved(t.Home) })], Jobs = [.. zone.Jobs.Select(MovedJob)] }, plan, travel, Rules);
            for (int i = 0; i < 5; i++)
            {
                JobSnapshot job = CityZones.Job(random, $"urgent{i}") with { Parts = Codes.None };
                UrgentPlace? found = desk.Find(job);
                placed += found is null ? 0 : 1;
                Assert.Equal(found?.AddedTime, moved.Find(MovedJob(job))?.AddedTime);
            }
        }

        Assert.InRange(placed, 25, 100);

        Place Moved(Place place) => there.ToPlace(here.ToPlane(place));
        JobSnapshot MovedJob(JobSnapshot job) => job with { Place = Moved(job.Place) };
    }

    [Fact]
    public void NextJob_SeesWhatWasPutInBefore()
    {
        PlanningSnapshot zone = Given.Snapshot([Given.Technician()], []);
        UrgentDesk desk = new(zone, Given.Plan(zone), Given.Travel, Rules);
        JobSnapshot first = Given.Job("a") with { Windows = [Given.Window(0, 100)] };
        JobSnapshot second = Given.Job("b", -100) with { Windows = [Given.Window(0, 150)] };
        UrgentPlace place = desk.Find(first)!;
        Assert.NotNull(desk.Find(second));
        desk.Put(first, place);

        // A hundred seconds there, a minute of work, two hundred back: too late by far.
        Assert.Null(desk.Find(second));
    }

    /// <summary>What the plan's total grows by, over every position that keeps every constraint.</summary>
    private static (TechnicianSnapshot Technician, long Added)? BestByTrying(PlanningSnapshot zone, ZonePlan plan, JobSnapshot job)
    {
        (TechnicianSnapshot Technician, long Added)? best = null;
        PlanningSnapshot with = zone with { Jobs = zone.Jobs.Add(job) };
        BruteForce force = new(with, Given.Travel, Rules);
        for (int t = 0; t < zone.Technicians.Length; t++)
        {
            if (force.CheapestInsertion(zone.Technicians[t], plan.Routes[t], job) is { } added && added < (best?.Added ?? long.MaxValue))
                best = (zone.Technicians[t], added);
        }

        return best;
    }
}
