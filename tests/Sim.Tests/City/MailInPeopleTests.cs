using System.Collections.Immutable;
using Dispatch.Sim.City.People;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;

namespace Sim.Tests.City;

public sealed class MailInPeopleTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 10, 0, 0, CityPlan.Offset);

    [Fact]
    public void AParcelIsFetchedWithinTheHourAndDeliveredInOneToThree_ButForAFew()
    {
        ImmutableArray<ImmutableArray<CarrierEvent>> journeys = [.. Enumerable.Range(0, 500).Select(i => ParcelJourney.Of(Parcel($"DP{i}", "inbound", Morning), 1, CityPlan.Offset))];
        Assert.All(journeys, j =>
        {
            Assert.Equal(("inTransit", "delivered"), (j[0].Status, j[^1].Status));
            Assert.Equal(j.OrderBy(e => e.At), j);
            Assert.InRange((j[0].At - Morning).TotalMinutes, 14.9, 60);
        });
        Assert.InRange(journeys.Count(j => (j[^1].At - j[0].At).TotalHours is >= 0.99 and <= 3.01), 450, 495);
        Assert.Contains(journeys, j => j.Any(e => e.Status == "exception"));
    }

    [Fact]
    public void NothingIsCollectedOrDeliveredAtNight() => Assert.All(Enumerable.Range(0, 200), i =>
    {
        foreach (CarrierEvent e in ParcelJourney.Of(Parcel($"DP{i}", "return", Morning.AddHours(i % 24)), 1, CityPlan.Offset).Where(e => e.Status is "inTransit" or "delivered"))
            Assert.InRange(e.At.ToOffset(CityPlan.Offset).TimeOfDay.TotalHours, ParcelJourney.Begins - 0.01, ParcelJourney.Ends + 0.2);
    });

    [Fact]
    public void TheSameParcelTravelsTheSameWayAgain() =>
        Assert.Equal(ParcelJourney.Of(Parcel("DP7", "return", Morning), 1, CityPlan.Offset), ParcelJourney.Of(Parcel("DP7", "return", Morning), 1, CityPlan.Offset));

    [Theory]
    [InlineData("received", "inspect")]
    [InlineData("repaired", "check")]
    [InlineData("checked", "pack")]
    [InlineData("packed", "ship")]
    public void EachStepIsDueAfterAWhile(string status, string step)
    {
        Assert.Empty(BenchRules.Due([Job("job_1", status)], Morning.AddMinutes(1), 2, 1));
        Assert.Equal(step, Assert.Single(BenchRules.Due([Job("job_1", status)], Morning.AddMinutes(13), 2, 1)).Step);
    }

    [Fact]
    public void WhatHasNotArrived_IsNotReceived()
    {
        JobView job = Job("job_1", "inTransit");
        Assert.Empty(BenchRules.Due([job with { Parcels = [new Parcel("inbound", "DP1", "outForDelivery", Morning)] }], Morning.AddHours(1), 2, 1));
        Assert.Equal("receive", Assert.Single(BenchRules.Due([job with { Parcels = [new Parcel("inbound", "DP1", "delivered", Morning)] }], Morning.AddHours(1), 2, 1)).Step);
    }

    [Fact]
    public void NoMoreAreOnTheBenchThanThereAreHands_AndTheEarliestPromiseGoesFirst()
    {
        JobView[] jobs = [Job("job_1", "onBench"), Job("job_2", "inspected", promised: 30), Job("job_3", "inspected", promised: 10), Job("job_4", "inspected", promised: 20)];
        Assert.Equal(["job_3"], BenchRules.Due(jobs, Morning.AddMinutes(1), 2, 1).Select(s => s.Job.Id));
        Assert.Equal(["job_3", "job_4", "job_2"], BenchRules.Due(jobs, Morning.AddMinutes(1), 9, 1).Select(s => s.Job.Id));
    }

    [Fact]
    public void AFewRepairsFailTheCheck_ButNeverTwice()
    {
        int failing = Enumerable.Range(0, 1000).Count(i => !BenchRules.Passes(Job($"job_{i}", "repaired"), 1, failedBefore: false));
        Assert.InRange(failing, 15, 75);
        Assert.All(Enumerable.Range(0, 1000), i => Assert.True(BenchRules.Passes(Job($"job_{i}", "repaired"), 1, failedBefore: true)));
    }

    [Fact]
    public void SomebodyWhoWasLetDown_GetsAWindowTheyCanKeep()
    {
        DateTimeOffset midnight = new(2026, 11, 23, 0, 0, 0, CityPlan.Offset);
        Assert.All(Enumerable.Range(0, 24), hour =>
        {
            DateTimeOffset now = midnight.AddHours(hour);
            Period window = ServiceDesk.NewWindow(midnight, now);
            Assert.True(window.From >= now && window.To > now.AddHours(2) && window.To <= now.AddHours(20));
        });
    }

    private static CarrierParcel Parcel(string waybill, string direction, DateTimeOffset booked) => new(waybill, direction, new Place(121, 31), new Place(121.1, 31), "pending", booked);

    private static JobView Job(string id, string status, int promised = 0) => new(id, "zone_north", status, 1, 1, null, null, null, null)
    {
        UpdatedAt = Morning, ServiceSeconds = 2400, Booking = new Booking("point_01", "2026-11-23", "phone", Morning.AddHours(promised), true),
    };
}
