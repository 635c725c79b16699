using System.Text.Json;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Phones;
using Sim.Tests.Replay;

namespace Sim.Tests.Phones;

public sealed class PhoneEventsTests
{
    private static readonly DayClock Clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    private const string Offer = """
        {"jobId":"job_1","status":"offered","epoch":3,"version":5,"expiresAt":"2026-05-01T08:00:30Z","candidates":[
          {"technicianId":"tech_x","visit":{"departAt":"2026-05-01T08:00:09Z","arriveAt":"2026-05-01T08:00:10Z","startAt":"2026-05-01T08:00:10Z","finishAt":"2026-05-01T08:00:20Z"}},
          {"technicianId":"tech_me","visit":{"departAt":"2026-05-01T08:00:12.5Z","arriveAt":"2026-05-01T08:00:14Z","startAt":"2026-05-01T08:00:14Z","finishAt":"2026-05-01T08:00:24Z"}}]}
        """;

    [Fact]
    public void Offer_IsReadWithTheVisitPlannedForThisTechnician()
    {
        Assert.Equal(("job_1", 3L), PhoneEvents.Offer(Event("job.offered", Offer)) is { } o ? (o.Job, o.Epoch) : default);
        Assert.Equal(new PhoneInput.Offered("job_1", 7, 3, new DayTime(12.5), new DayTime(2)), Read("job.offered", Offer, node: 7));
        Assert.Null(PhoneEvents.Read(Event("job.offered", Offer), "tech_other", Clock, 7));
    }

    [Fact]
    public void Acceptance_ConfirmsOwnAndEndsThatOfOthers()
    {
        Assert.Equal(new PhoneInput.Confirmed("job_1", 3), Read("job.accepted", """{"jobId":"job_1","epoch":3,"technicianId":"tech_me"}"""));
        Assert.Equal(new PhoneInput.Lost("job_1", 3, Inclusive: true), Read("job.accepted", """{"jobId":"job_1","epoch":3,"view":{"technicianId":"tech_x"}}"""));
    }

    [Fact]
    public void AMove_IsAnOfferToWhoeverGainsTheJob_AndEndsItForEverybodyElse()
    {
        Assert.Equal(("job_1", 3L), PhoneEvents.Offer(Event("job.moved", Offer)) is { } o ? (o.Job, o.Epoch) : default);
        Assert.Equal(new PhoneInput.Offered("job_1", 7, 3, new DayTime(12.5), new DayTime(2)), Read("job.moved", Offer, node: 7));
        Assert.Equal(new PhoneInput.Lost("job_1", 3, Inclusive: false), PhoneEvents.Read(Event("job.moved", Offer), "tech_other", Clock, 7));
    }

    [Theory]
    [InlineData("job.withdrawn")]
    [InlineData("job.cancelled")]
    [InlineData("job.expired")]
    public void WhatEndsAnOffer_EndsEveryLowerEpoch(string type) =>
        Assert.Equal(new PhoneInput.Lost("job_1", 4, Inclusive: false), Read(type, """{"jobId":"job_1","epoch":4}"""));

    [Fact]
    public void DepotOrder_IsReadFromTheView_UnlessTheCallIsGoneFromIt()
    {
        const string view = """{"view":{"id":"tech_me","zone":"z","onDuty":true,"depotVisited":false,"commitments":[],"version":3,"depotCall":{"number":2,"place":{"lon":1,"lat":2},"departAt":"2026-05-01T08:01:00Z"}}}""";
        Assert.Equal(new PhoneInput.DepotOrdered(2, new DayTime(60), new DayTime(2)), Read("technician.depotOrdered", view));
        Assert.Null(Read("technician.depotOrdered", """{"view":{"id":"tech_me","zone":"z","onDuty":true,"depotVisited":true,"commitments":[],"version":9}}"""));
        Assert.Equal(new PhoneInput.DepotCancelled(2), Read("technician.depotCancelled", """{"number":2}"""));
    }

    [Fact]
    public void OtherEvents_MeanNothingToAPhone() => Assert.Null(Read("technician.reserved", "{}"));

    private static PhoneInput? Read(string type, string data, int node = 0) => PhoneEvents.Read(Event(type, data), "tech_me", Clock, node);

    private static StreamEvent Event(string type, string data) =>
        new(1, type, Clock.Base.AddSeconds(2), "job:main/job_1", 1, JsonDocument.Parse(data).RootElement);
}
