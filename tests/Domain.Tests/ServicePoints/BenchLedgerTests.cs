using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Tests.ServicePoints;

public class BenchLedgerTests
{
    /// <summary>Noon of a Monday in Shanghai.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 4, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Monday = new(2026, 5, 4);
    private static readonly OpeningHours Hours = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [DayOfWeek.Sunday]);
    private static readonly ServiceNeeds Plain = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30));
    private static readonly ServicePointProfile Profile = new(
        "North", new ZoneId("zone_n"), new Place(121, 31), [new ZoneId("zone_n")], ["Sony", "Huawei"], [new("phone", 2)], Hours, [new("camera", 1), new("phone", 2)]);

    private static ServicePointState Point => Then(null, new DefineServicePoint(new ServicePointId("point_n"), new TenantId("main"), Profile, [new("screen", 2)]));

    private static Decision<ServicePointEvent> Decide(ServicePointState? state, ServicePointCommand command, DateTimeOffset? now = null) =>
        ServicePointDecider.Decide(state, command, now ?? Noon);

    private static ServicePointState Then(ServicePointState? state, ServicePointCommand command, DateTimeOffset? now = null)
    {
        Decision<ServicePointEvent> decision = Decide(state, command, now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, fact) => ServicePointEvolution.Apply(s, fact, now ?? Noon))!;
    }

    private static ReserveBench Reserve(string job, int day = 0, string category = "phone", long epoch = 1, ServiceNeeds? needs = null, string? brand = "sony", int expires = 30) =>
        new(new JobId(job), new Epoch(epoch), Monday.AddDays(day), category, brand, needs ?? Plain, Noon.AddMinutes(expires));

    [Fact]
    public void ADay_TakesAsManyAsItHasPlaces_AndNoMore()
    {
        ServicePointState full = Then(Then(Point, Reserve("job_a")), Reserve("job_b"));
        Assert.Equal("point.bench_full", Decide(full, Reserve("job_c")).Refusal?.Code);
        Assert.Null(Decide(full, Reserve("job_c", day: 1)).Refusal);
        Assert.Null(Decide(full, Reserve("job_c", category: "camera")).Refusal);
    }

    /// <summary>
    /// Monday is full and Sunday closed: of the days that will do the first that can be is kept, and asked again the same one.
    /// </summary>
    [Fact]
    public void WhereTheDayIsFull_TheFirstOtherDayThatWillDo_IsKept()
    {
        ServicePointState full = Then(Then(Point, Reserve("job_a")), Reserve("job_b"));
        ReserveBench wish = Reserve("job_c") with { Later = [Monday.AddDays(-1), Monday.AddDays(6), Monday.AddDays(3), Monday.AddDays(1)] };
        ServicePointState kept = Then(full, wish);
        Assert.Equal(Monday.AddDays(3), kept.SlotOf(new JobId("job_c"))!.Day);
        Assert.Empty(Decide(kept, wish).Events);
        Assert.Equal(Monday, Then(Point, wish).SlotOf(new JobId("job_c"))!.Day);
        // Where none will do, the day that was wanted says why.
        Assert.Equal("point.bench_full", Decide(full, wish with { Later = [Monday.AddDays(6)] }).Refusal?.Code);
        Assert.Equal(
            "2026-05-04",
            Decide(full, wish with { Later = [Monday.AddDays(6)] }).Refusal!.Facts.Single(fact => fact.Name == "day").Value
        );
    }

    [Theory]
    [InlineData("point.brand_not_authorised", "phone", "Nokia", "phone", 1, 0)]
    [InlineData("point.category_missing", "board", "Sony", "phone", 1, 0)]
    [InlineData("point.skill_missing", "phone", "Sony", "phone", 3, 0)]
    [InlineData("point.skill_missing", "phone", "Sony", "board", 1, 0)]
    [InlineData("point.day_closed", "phone", "Sony", "phone", 1, 6)]
    [InlineData("point.day_too_far", "phone", "Sony", "phone", 1, 61)]
    [InlineData("point.day_past", "phone", "Sony", "phone", 1, -1)]
    [InlineData(null, "phone", null, "phone", 2, 60)]
    public void WhatThePointMayNot_ItRefusesByCode(string? code, string category, string? brand, string skill, int level, int day) =>
        Assert.Equal(code, Decide(Point, Reserve("job_a", day, category, brand: brand, needs: ServiceNeeds.Of([new(skill, level)], [], [], default))).Refusal?.Code);

    [Fact]
    public void Parts_AreNeverPromisedTwice_AndAFinishedRepairTakesWhatItUsed()
    {
        ServiceNeeds one = ServiceNeeds.Of([], [], [new("screen", 1)], default);
        ServicePointState two = Then(Then(Point, Reserve("job_a", needs: one)), Reserve("job_b", needs: one));
        Assert.Equal("point.part_missing", Decide(two, Reserve("job_c", day: 1, needs: one)).Refusal?.Code);
        ServicePointState used = Then(Then(two, new ConfirmBench(new JobId("job_a"), new Epoch(1))), new FinishBenchSlot(new JobId("job_a"), new Epoch(1), Noon, [new("screen", 1)]));
        Assert.Equal(1, used.Stock.Single().Quantity);
        Assert.Equal(0, used.Free("screen", Noon));
        Assert.Empty(Decide(used, new FinishBenchSlot(new JobId("job_a"), new Epoch(1), Noon, [new("screen", 1)])).Events);
    }

    [Fact]
    public void AReservation_LapsesByItself_AConfirmedOneDoesNot_AndALateConfirmationFindsItGone()
    {
        ServicePointState held = Then(Then(Point, Reserve("job_a")), Reserve("job_b"));
        DateTimeOffset later = Noon.AddMinutes(30);
        ServicePointState confirmed = Then(held, new ConfirmBench(new JobId("job_a"), new Epoch(1)));
        ServicePointState other = Then(confirmed, Reserve("job_c", expires: 90), later);
        Assert.Equal("point.bench_full", Decide(other, Reserve("job_d"), later).Refusal?.Code);
        Assert.Equal("point.reservation_gone", Decide(other, new ConfirmBench(new JobId("job_b"), new Epoch(1)), later).Refusal?.Code);
        Assert.Equal("point.reservation_gone", Decide(held, new ConfirmBench(new JobId("job_b"), new Epoch(1)), later).Refusal?.Code);
    }

    [Fact]
    public void WhatWasReleased_StaysReleased_UpToThatEpoch()
    {
        ServicePointState released = Then(Then(Point, Reserve("job_a")), new ReleaseBench(new JobId("job_a"), new Epoch(1), "cancelled"));
        Assert.Equal("point.epoch_stale", Decide(released, new ConfirmBench(new JobId("job_a"), new Epoch(1))).Refusal?.Code);
        Assert.Equal("point.epoch_stale", Decide(released, Reserve("job_a")).Refusal?.Code);
        Assert.Null(Decide(released, Reserve("job_a", epoch: 2)).Refusal);
        Assert.Empty(Decide(released, new ReleaseBench(new JobId("job_a"), new Epoch(1), "again")).Events);
    }

    [Fact]
    public void ARepetition_ChangesNothing_ANewerEpochMovesThePlace()
    {
        ServicePointState held = Then(Point, Reserve("job_a"));
        Assert.Empty(Decide(held, Reserve("job_a")).Events);
        ServicePointState moved = Then(held, Reserve("job_a", day: 1, epoch: 2));
        Assert.Equal((1, Monday.AddDays(1)), (moved.Bench.Length, moved.Bench[0].Day));
        Assert.Equal("point.epoch_stale", Decide(moved, Reserve("job_a")).Refusal?.Code);
    }

    [Fact]
    public void WorkLeftFromYesterday_TakesTodaysPlacesFirst()
    {
        ServicePointState left = Then(Then(Point, Reserve("job_a")), new ConfirmBench(new JobId("job_a"), new Epoch(1)));
        DateTimeOffset tuesday = Noon.AddDays(1);
        Assert.Equal(1, left.Open(Monday.AddDays(1), "phone", tuesday));
        Assert.Equal(2, left.Open(Monday.AddDays(2), "phone", tuesday));
        ServicePointState full = Then(Then(left, Reserve("job_b", day: 1, expires: 3_000), tuesday), new ConfirmBench(new JobId("job_b"), new Epoch(1)), tuesday);
        Assert.Equal("point.bench_full", Decide(full, Reserve("job_c", day: 1), tuesday).Refusal?.Code);
    }

    [Fact]
    public void ARepairDoneEarly_FreesThePlaceOfItsDay_OneDoneOnItsDayHasUsedIt()
    {
        ServicePointState early = Then(Then(Then(Point, Reserve("job_a", day: 2)), new ConfirmBench(new JobId("job_a"), new Epoch(1))), new FinishBenchSlot(new JobId("job_a"), new Epoch(1), Noon, []));
        Assert.Empty(early.Bench);
        ServicePointState onTime = Then(Then(Then(Point, Reserve("job_a")), new ConfirmBench(new JobId("job_a"), new Epoch(1))), new FinishBenchSlot(new JobId("job_a"), new Epoch(1), Noon, []));
        Assert.Equal(1, onTime.Open(Monday, "phone", Noon));
    }

    /// <summary>Whatever is asked in whatever order, with time passing: no bench of any day holds more than its places, no part is promised twice.</summary>
    [Fact]
    public void RandomCommands_NeverOvercommit()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Random chance = new(seed);
            ServicePointState point = Point;
            DateTimeOffset now = Noon;
            ServiceNeeds one = ServiceNeeds.Of([], [], [new("screen", 1)], default);
            for (int step = 0; step < 400; step++)
            {
                now += TimeSpan.FromMinutes(chance.Next(0, 40));
                JobId job = new($"job_{chance.Next(12)}");
                Epoch epoch = new(chance.Next(1, 5));
                DateOnly day = Hours.DayOf(now).AddDays(chance.Next(-1, 4));
                ServicePointCommand command = chance.Next(7) switch
                {
                    0 or 1 or 2 => new ReserveBench(job, epoch, day, chance.Next(3) == 0 ? "camera" : "phone", null, chance.Next(4) == 0 ? one : Plain, now.AddMinutes(chance.Next(1, 90))),
                    3 or 4 => new ConfirmBench(job, epoch),
                    5 => new ReleaseBench(job, epoch, "x"),
                    _ => new FinishBenchSlot(job, epoch, now, chance.Next(2) == 0 ? [] : [new("screen", 1)]),
                };
                Decision<ServicePointEvent> decision = ServicePointDecider.Decide(point, command, now);
                point = decision.Events.Aggregate(point, (s, fact) => ServicePointEvolution.Apply(s, fact, now));
                foreach (var used in point.Bench.Where(s => !s.HasLapsed(now)).GroupBy(s => (s.Day, s.Category)))
                    Assert.True(used.Count() <= Profile.PerDay(used.Key.Category), $"seed {seed}, step {step}: {used.Count()} on {used.Key}");
                Assert.True(point.Bench.Where(s => !s.HasLapsed(now) && s.Status != BenchSlotStatus.Finished).Sum(s => s.Parts.Sum(p => p.Quantity)) <= 2, $"seed {seed}, step {step}: parts");
            }
        }
    }

    [Fact]
    public void AnExchange_TakesTheUnit_AndNoPlaceOnAnyBench()
    {
        ServicePointState point = Then(Then(Point, Reserve("job_a")), Reserve("job_b"));
        ServiceNeeds unit = ServiceNeeds.Of([], [], [new("screen", 2)], TimeSpan.FromMinutes(20));
        ServicePointState kept = Then(point, Reserve("job_c", category: Booking.NoBench, needs: unit));
        Assert.Equal("point.part_missing", Decide(kept, Reserve("job_d", category: Booking.NoBench, needs: unit)).Refusal?.Code);
        Assert.Equal("point.day_closed", Decide(point, Reserve("job_d", day: 6, category: Booking.NoBench, needs: unit)).Refusal?.Code);
        Assert.Equal(0, kept.Open(Monday, "phone", Noon));
        Assert.Null(Decide(Then(kept, new ReleaseBench(new JobId("job_c"), new Epoch(1), "cancelled")), Reserve("job_d", category: Booking.NoBench, needs: unit)).Refusal);
    }
}
