using System.Collections.Immutable;
using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.SystemTests.Api.Jobs;

/// <summary>On a plane of 1 m/s, so that metres are seconds.</summary>
public sealed class HandOfferTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Place Home = new(121, 31);
    private static readonly PlanarTravel Travel = new(Home, 1);

    [Fact]
    public void FreeTechnician_SetsOffNowAndStartsOnArrival()
    {
        Place place = new(121.01, 31);
        Visit visit = HandOffer.VisitOf(Job(place, (-1, 2)), Technician(), Travel, Now, null)!;
        Assert.Equal(Now, visit.DepartAt);
        Assert.Equal(Now + Travel.Leg(Home, place, Now).Duration, visit.ArriveAt);
        Assert.Equal(visit.ArriveAt, visit.StartAt);
        Assert.Equal(visit.StartAt.AddMinutes(30), visit.FinishAt);
    }

    [Fact]
    public void EarlyArrival_WaitsForTheWindow() =>
        Assert.Equal(Now.AddHours(3), HandOffer.VisitOf(Job(Home, (3, 4)), Technician(), Travel, Now, null)!.StartAt);

    [Fact]
    public void MissedWindow_LeavesTheNextOne() =>
        Assert.Equal(Now.AddHours(5), HandOffer.VisitOf(Job(Home, (-2, -1), (5, 6)), Technician(), Travel, Now, null)!.StartAt);

    [Fact]
    public void AllWindowsMissed_StartsOnArrival() =>
        Assert.Equal(Now, HandOffer.VisitOf(Job(Home, (-2, -1)), Technician(), Travel, Now, null)!.StartAt);

    [Fact]
    public void Departure_IsTheDispatchersWhereGiven() =>
        Assert.Equal(Now.AddHours(1), HandOffer.VisitOf(Job(Home, (-1, 8)), Technician(), Travel, Now, Now.AddHours(1))!.DepartAt);

    [Fact]
    public void CommittedWork_ComesFirst()
    {
        Visit held = new(Now, Now, Now, Now.AddMinutes(30));
        TechnicianState busy = Technician() with
        {
            Commitments = [new Commitment(new JobId("job_x"), new Epoch(1), CommitmentStatus.Confirmed, held, Home, [], TimeSpan.FromMinutes(30), Now, null, null)],
        };
        Assert.Equal(held.FinishAt, HandOffer.VisitOf(Job(Home, (-1, 8)), busy, Travel, Now, null)!.StartAt);
    }

    private static TechnicianState Technician()
    {
        TechnicianProfile profile = new("A", new ZoneId("zone_a"), Home, new TimeWindow(Now.AddHours(-1), Now.AddHours(9)), [], [], []);
        return TechnicianEvolution.Apply(null, new TechnicianRegistered(new TechnicianId("tech_a"), new TenantId("main"), profile), Now) with { OnDuty = true };
    }

    private static JobState Job(Place place, params (int From, int To)[] windows)
    {
        ImmutableArray<TimeWindow> times = [.. windows.Select(w => new TimeWindow(Now.AddHours(w.From), Now.AddHours(w.To)))];
        JobState job = JobEvolution.Apply(null, new JobRequested(new JobId("job_a"), new TenantId("main"), new ZoneId("zone_a"), new JobRequest("screen", place, times, Severity.Regular, null, null), Now), Now);
        return job with { Needs = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30)) };
    }
}
