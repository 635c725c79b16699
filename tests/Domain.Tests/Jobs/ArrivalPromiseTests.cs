using Dispatch.Domain.Calendars;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>
/// What a customer is told of the arrival: by the plan until departure, then by the real departure, and never an interval that is over.
/// </summary>
public class ArrivalPromiseTests
{
    private static readonly DateTimeOffset Ten = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private static readonly TechnicianId Li = new("tech_li");
    private static readonly Epoch First = new(1);

    /// <summary>
    /// Sets off at ten, twenty minutes to go, in a window that opens so many minutes after nine; waits at the door as long as it takes.
    /// </summary>
    private static JobState Accepted(int opens = 0, int travel = 20)
    {
        TimeWindow window = new(Ten.AddHours(-1).AddMinutes(opens), Ten.AddHours(6));
        DateTimeOffset arrives = Ten.AddMinutes(travel), starts = window.From > arrives ? window.From : arrives;
        JobRequest request = new("screen", new Place(121, 31), [window], Severity.Regular, null, null);
        ServiceNeeds needs = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(40));
        OfferJob offer = new(
            Epoch.Zero,
            [new Candidate(Li, new Visit(Ten, arrives, starts, starts.AddMinutes(40)))],
            Ten.AddHours(10),
            Direct: false
        );
        return ((JobState?)null)
            .Then(new RequestJob(new JobId("job_1"), new TenantId("main"), new ZoneId("zone_n"), request, needs), Ten.AddHours(-3))
            .Then(offer, Ten.AddHours(-2))
            .Then(new AcceptOffer(Li, First), Ten.AddHours(-2));
    }

    private static JobState Departed(JobState job, DateTimeOffset at, DateTimeOffset? told = null) =>
        job.Then(new Depart(Li, First, at), told ?? at);

    private static (double From, double To)? Minutes(TimeWindow? interval) =>
        interval is { } known ? ((known.From - Ten).TotalMinutes, (known.To - Ten).TotalMinutes) : null;

    [Theory]
    [InlineData(0, 20, 30)]
    [InlineData(3, 20, 35)]
    [InlineData(45, 65, 75)]
    [InlineData(-15, 5, 15)]
    public void AfterDeparture_TheIntervalGoesByIt(int late, double from, double to)
    {
        DateTimeOffset at = Ten.AddMinutes(late);
        Assert.Equal((from, to), Minutes(ArrivalPromise.Of(Departed(Accepted(), at), at)));
    }

    /// <summary>
    /// The window opens at half past ten, ten minutes after the planned arrival: these the technician can be late for nothing, and being
    /// early changes nothing.
    /// </summary>
    [Theory]
    [InlineData(-20, 30, 40)]
    [InlineData(0, 30, 40)]
    [InlineData(10, 30, 40)]
    [InlineData(20, 40, 50)]
    public void WaitingAtTheDoor_TakesUpALateDeparture(int late, double from, double to)
    {
        DateTimeOffset at = Ten.AddMinutes(late);
        Assert.Equal((from, to), Minutes(ArrivalPromise.Of(Departed(Accepted(opens: 90), at), at)));
    }

    [Fact]
    public void AnIntervalThatIsOver_IsNotTold()
    {
        JobState onTheWay = Departed(Accepted(), Ten);
        Assert.Equal((20, 30), Minutes(ArrivalPromise.Of(onTheWay, Ten.AddMinutes(29))));
        Assert.Null(ArrivalPromise.Of(onTheWay, Ten.AddMinutes(30)));
        Assert.Equal((20, 30), Minutes(ArrivalPromise.Of(onTheWay)));
    }

    [Fact]
    public void WhoHasNotSetOffInTime_IsExpectedAsIfSettingOffNow()
    {
        Assert.Equal((20, 30), Minutes(ArrivalPromise.Of(Accepted(), Ten)));
        Assert.Equal((60, 75), Minutes(ArrivalPromise.Of(Accepted(), Ten.AddMinutes(41))));
    }

    [Fact]
    public void ARecordWithoutItsDeparture_GoesByThePlan() =>
        Assert.Equal((20, 30), Minutes(ArrivalPromise.Of(Departed(Accepted(), Ten.AddMinutes(5)) with { Account = null })));

    /// <summary>
    /// A thousand courses: plans of every kind, departures early, late and told long after, messages that wait for a gateway. What is
    /// queued and what is sent is never over, and holds the arrival that the departure leads to.
    /// </summary>
    [Fact]
    public void NoMessage_CarriesAnIntervalThatIsOver()
    {
        int told = 0, unknown = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            Random random = new(seed);
            int travel = random.Next(0, 120);
            JobState job = Accepted(opens: random.Next(0, 180), travel);
            DateTimeOffset departs = Ten.AddMinutes(random.Next(-100, 240)).AddSeconds(random.Next(60)),
                hears = departs.AddSeconds(random.Next(4) == 0 ? random.Next(4 * 3600) : random.Next(60));
            JobState onTheWay = Departed(job, departs, hears);
            MessageFacts facts = Facts(onTheWay, departs);
            DateTimeOffset sent = hears.AddSeconds(random.Next(4) == 0 ? random.Next(5 * 3600) : random.Next(60));
            MessageState message = MessageEvolution.Apply(
                null,
                new MessageQueued(new MessageId("msg_1-1-onTheWay"), job.Tenant, job.Id, job.Zone, MessageTemplate.OnTheWay, facts, hears),
                hears
            );

            Assert.True(facts.Interval is not { } queued || queued.To > hears, $"seed {seed}: over when it was queued");
            TimeWindow? carried = facts.ToldAt(message.ReadAt(sent)).Interval;
            Assert.True(carried is not { } said || said.To > sent, $"seed {seed}: over when it was sent");
            DateTimeOffset arrives = departs.AddMinutes(travel);
            if (carried is { } interval)
            {
                Assert.True(
                    interval.From <= (arrives > job.Visit!.StartAt ? arrives : job.Visit.StartAt) && interval.To > arrives,
                    $"seed {seed}: {interval} without the arrival at {arrives:t}"
                );
                Assert.True(interval.From > departs.AddMinutes(-5), $"seed {seed}: begins before the departure");
                told++;
            }
            else
            {
                unknown++;
            }

            // Sent, it reads as it was sent, whenever it is read.
            MessageState taken = MessageEvolution.Apply(message, new MessageSent(1, "en", "gateway-1", sent.AddHours(1)), sent);
            Assert.Equal(carried, facts.ToldAt(taken.ReadAt(sent.AddDays(9))).Interval);
        }

        Assert.True(told > 500 && unknown > 50, $"{told} told, {unknown} unknown");
    }

    private static MessageFacts Facts(JobState onTheWay, DateTimeOffset departed) =>
        JobMessages.Of(onTheWay, new TechnicianDeparted(First, Li, departed))!.Facts;

    [Theory]
    [InlineData("en", "Li is on the way, expected soon. Live: L")]
    [InlineData("zh-Hans", "Li已出发，预计很快到达。实时位置： L")]
    [InlineData("zh-Hant", "Li已出發，預計很快抵達。即時位置： L")]
    public void WhereNothingCanBeSaid_TheTextSaysSo(string language, string expected) =>
        Assert.Equal(
            expected,
            MessageTexts.Shared.Render(MessageTemplate.OnTheWay, language, new MessageValues(Technician: "Li", Link: "L"), WallClock.Utc)
        );
}
