using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests.Bookings;

public sealed class SqliteBookingRaceTests : BookingRaceTests
{
    protected override int Rounds => 1_000;

    protected override DispatchSilo NewSilo() => new SqliteSilo();
}

public sealed class PostgresBookingRaceTests(PostgresServer server) : BookingRaceTests
{
    protected override int Rounds => 100;

    protected override DispatchSilo NewSilo() => new PostgresSilo(server);
}

/// <summary>Two customers book the last of something at the same instant, again and again: exactly one gets it, the other a coded refusal and no job; called off, it is free again.</summary>
public abstract class BookingRaceTests
{
    private const int AtOnce = 16;

    protected abstract int Rounds { get; }

    protected abstract DispatchSilo NewSilo();

    /// <summary>What the two want, and the code the loser hears.</summary>
    private sealed record Contest(Func<Operation, BookJob> First, Func<Operation, BookJob> Second, params string[] Codes);

    [Fact]
    public Task TheLastPlaceOnABench() => Race(async (booker, round) =>
    {
        ServicePointId point = await booker.Point($"bench{round}", perDay: 1);
        return new Contest(o => booker.At(point, ServiceMode.WalkIn, o), o => booker.At(point, round % 2 == 0 ? ServiceMode.WalkIn : ServiceMode.MailIn, o), "point.bench_full");
    });

    [Fact]
    public Task TheLastPartOfAPoint() => Race(async (booker, round) =>
    {
        ServicePointId point = await booker.Point($"part{round}", perDay: 9, new PartQuantity("screen", 1));
        return new Contest(o => booker.At(point, ServiceMode.WalkIn, o, new PartQuantity("screen", 1)), o => booker.At(point, ServiceMode.PickupReturn, o, new PartQuantity("screen", 1)), "point.part_missing");
    });

    [Fact]
    public Task TheLastUnitOfAPoint() => Race(async (booker, round) =>
    {
        ServicePointId point = await booker.Point($"unit{round}", perDay: 1, new PartQuantity(Booker.Unit, 1));
        return new Contest(o => booker.At(point, ServiceMode.SwapAtPoint, o, new PartQuantity(Booker.Unit, 1)), o => booker.At(point, ServiceMode.SwapByPost, o, new PartQuantity(Booker.Unit, 1)), "point.part_missing");
    });

    [Fact]
    public Task TheLastTimeOfATechnician() => Race(async (booker, round) =>
    {
        TechnicianId technician = await booker.Technician($"time{round}");
        return new Contest(o => booker.With(technician, ServiceMode.DoorToDoor, o, 0), o => booker.With(technician, ServiceMode.DoorToDoor, o, 29), "technician.slot_taken");
    });

    [Fact]
    public Task TheLastPartOnBoard() => Race(async (booker, round) =>
    {
        TechnicianId technician = await booker.Technician($"board{round}", new PartQuantity("screen", 1));
        return new Contest(
            o => booker.With(technician, ServiceMode.DoorToDoor, o, 0, null, new PartQuantity("screen", 1)), o => booker.With(technician, ServiceMode.DoorToDoor, o, 60, null, new PartQuantity("screen", 1)), "technician.part_missing");
    });

    [Fact]
    public Task TheLastUnitOnBoard() => Race(async (booker, round) =>
    {
        TechnicianId technician = await booker.Technician($"van{round}", new PartQuantity(Booker.Unit, 1));
        return new Contest(
            o => booker.With(technician, ServiceMode.SwapAtDoor, o, 0, null, new PartQuantity(Booker.Unit, 1)), o => booker.With(technician, ServiceMode.SwapAtDoor, o, 60, null, new PartQuantity(Booker.Unit, 1)),
            "technician.part_missing");
    });

    [Fact]
    public Task TheLastVisitOfAProgramme() => Race(async (booker, round) =>
    {
        (TechnicianId one, TechnicianId other) = (await booker.Technician($"prog{round}a"), await booker.Technician($"prog{round}b"));
        ProgrammeGrant grant = new(ProgrammeId.Of($"home{round}", new ZoneId("zone_q")), 12_000, 1, 12_000);
        return new Contest(o => booker.With(one, ServiceMode.DoorToDoor, o, 0, grant), o => booker.With(other, ServiceMode.DoorToDoor, o, 0, grant), "offer.programme_exhausted");
    });

    private async Task Race(Func<Booker, int, Task<Contest>> contest)
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        Booker booker = new(silo);
        int first = 0;
        await Parallel.ForAsync(0, Rounds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (round, _) =>
        {
            if (await Run(silo, booker, await contest(booker, round)))
                Interlocked.Increment(ref first);
        });
        // A race that the same one always wins is none.
        Assert.InRange(first, 1, Rounds - 1);
    }

    /// <summary>True if the first of the two won.</summary>
    private static async Task<bool> Run(DispatchSilo silo, Booker booker, Contest contest)
    {
        (Operation own, Operation others) = (silo.NewOperation(), silo.NewOperation());
        (BookJob mine, BookJob theirs) = (contest.First(own), contest.Second(others));
        JobReply[] replies = await Task.WhenAll(booker.Send(mine, own), booker.Send(theirs, others));
        Assert.Single(replies, r => r.Refusal is null);
        bool firstWon = replies[0].Refusal is null;
        (BookJob won, Operation wonBy, JobReply yes) = firstWon ? (mine, own, replies[0]) : (theirs, others, replies[1]);
        (BookJob lost, Operation lostBy, JobReply no) = firstWon ? (theirs, others, replies[1]) : (mine, own, replies[0]);
        Assert.Contains(no.Refusal!.Code, contest.Codes);
        Assert.Null(await silo.Job(lost.Id).Get());
        Assert.NotNull((await silo.Job(won.Id).Get())!.State.Terms);
        // Whose answer was lost asks again, and has what they have.
        JobReply again = await booker.Send(won, wonBy);
        Assert.Equal((yes.Job!.Version, yes.Job.Status), (again.Job!.Version, again.Job.Status));
        Assert.Contains((await booker.Send(lost, lostBy)).Refusal!.Code, contest.Codes);
        // The winner changes their mind; as soon as the ledgers have heard of it the loser gets it.
        Assert.Null((await silo.Job(won.Id).Execute(new CancelJob("changed my mind"), null)).Refusal);
        JobReply at = await DispatchSilo.Eventually("what was kept is free again", () => booker.Send(lost, lostBy), reply => reply.Refusal is null);
        Assert.Equal(lost.Id, at.Job!.Id);
        return firstWon;
    }
}
