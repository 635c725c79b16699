using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Grains.Tests.Bookings;

/// <summary>Bookings from the first word to the register and the programme's ledger.</summary>
public sealed class BookingFlowTests : IAsyncLifetime
{
    private readonly SqliteSilo silo = new();

    private readonly FailsOnce failsOnce = new();

    private Booker booker = null!;

    public async ValueTask InitializeAsync()
    {
        silo.Rigged = services => services.AddSingleton<IIncomingGrainCallFilter>(failsOnce);
        await silo.InitializeAsync();
        booker = new Booker(silo);
    }

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    private async Task Step(JobId job, JobCommand command) => Assert.Null((await silo.Job(job).Execute(command, silo.NewOperation())).Refusal);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task AWalkIn_IsCheckedIn_Repaired_AndHandedBack_AndItsPartIsUsed()
    {
        ServicePointId point = await booker.Point("walk", 1, new PartQuantity("screen", 1));
        Operation by = silo.NewOperation();
        BookJob book = booker.At(point, ServiceMode.WalkIn, by, new PartQuantity("screen", 1));
        Assert.Equal(JobStatus.Booked, (await booker.Send(book, by)).Job!.Status);
        await DispatchSilo.Eventually("the point has confirmed", () => silo.Job(book.Id).Get(), job => job!.State.Booking!.Confirmed);
        foreach (JobCommand step in new JobCommand[]
        {
            new ReceiveDevice(point, Now), new InspectDevice(point, Now, "cracked"), new StartBench(point, Now), new FinishBench(point, Now, RepairOutcome.Repaired, null, null), new CheckRepair(point, Now, true, null),
            new HandOverDevice(point, Now),
        })
            await Step(book.Id, step);
        Assert.Equal(JobStatus.Closed, (await silo.Job(book.Id).Get())!.State.Status);
        await DispatchSilo.Eventually("the part is gone", () => silo.Point(point).Get(), p => p!.State.Stock[0].Quantity == 0);
        DeviceId device = DeviceId.Derive(DispatchSilo.Tenant, DeviceIdentity.Find(book.Request.Device)!);
        DeviceState served = (await DispatchSilo.Eventually("the register knows", () => silo.Device(device).Get(), d => d is { State.Services.Length: 1 }))!.State;
        Assert.Equal((ServiceMode.WalkIn, point), (served.Services[0].Mode, served.Services[0].Point!.Value));
        Assert.Single(await silo.History(Streams.Job(book.Id)), e => e.Type == "job.handedOver");
    }

    /// <summary>
    /// One place a day and forty customers at once who may come on any of forty days: each has a day, and the promise of that day.
    /// </summary>
    [Fact]
    public async Task ManyAtOnce_AreBookedOnTheDaysThatThePointHasLeft()
    {
        const int Days = 40;
        ServicePointId point = await booker.Point("days", 1);
        BookJob[] books =
        [
            .. Enumerable
                .Range(0, Days)
                .Select(_ => silo.NewOperation())
                .Select(by => booker.At(point, ServiceMode.WalkIn, by))
                .Select(book =>
                    book with
                    {
                        Later =
                        [
                            .. Enumerable
                                .Range(1, Days - 1)
                                .Select(day => new LaterDay(
                                    book.Terms.Reserved.Day!.Value.AddDays(day),
                                    book.Terms.From.AddDays(day),
                                    book.Terms.Until.AddDays(day),
                                    new LoanerOffer(day, 0)
                                )),
                        ],
                    }
                ),
        ];

        JobReply[] replies = await Task.WhenAll(books.Select(book => silo.Job(book.Id).Execute(book, null)));

        Assert.All(replies, reply => Assert.Null(reply.Refusal));
        DateOnly first = books[0].Terms.Reserved.Day!.Value;
        List<DateOnly> days = [];
        foreach (BookJob book in books)
        {
            JobState job = (await silo.Job(book.Id).Get())!.State;
            int later = job.Booking!.BenchDay.DayNumber - first.DayNumber;
            days.Add(job.Booking.BenchDay);
            Assert.Equal(
                (job.Booking.BenchDay, book.Terms.Until.AddDays(later), book.Terms.From.AddDays(later)),
                (job.Terms!.Reserved.Day!.Value, job.Terms.Until, job.Terms.From)
            );
            Assert.Equal((job.Terms.Until, later == 0 ? null : later), (job.Booking.PromisedAt, job.Terms.Loaner?.Days));
            // Asked again after a lost answer, it is the same.
            Assert.Null((await silo.Job(book.Id).Execute(book, null)).Refusal);
        }

        Assert.Equal(Enumerable.Range(0, Days).Select(first.AddDays), days.Order());
        BookJob tooMany = booker.At(point, ServiceMode.WalkIn, silo.NewOperation()) with { Later = books[0].Later };
        Assert.Equal("point.bench_full", (await silo.Job(tooMany.Id).Execute(tooMany, null)).Refusal?.Code);
    }

    /// <summary>A dispatcher who names no day gets the first that the point has left, also where others book at the same moment.</summary>
    [Fact]
    public async Task ManyBookedByHandAtOnce_AreOnDaysOfTheirOwn()
    {
        ServicePointId point = new("point_hand");
        await Benches.Define(silo, point, Benches.Profile("hand", perDay: 1));
        DateOnly today = Benches.Profile("hand").Hours.DayOf(Now);
        JobId[] jobs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Benches.Request(silo)));
        JobReply[] replies = await Task.WhenAll(
            jobs.Select(id =>
                silo.Job(id)
                    .Execute(
                        new BookBench(
                            Epoch.Zero,
                            point,
                            today,
                            Now.AddDays(2),
                            Now.AddMinutes(30),
                            [.. Enumerable.Range(1, 20).Select(day => new LaterDay(today.AddDays(day), Now, Now.AddDays(2 + day)))]
                        ),
                        null
                    )
            )
        );

        Assert.All(replies, reply => Assert.Null(reply.Refusal));
        Booking[] booked =
        [
            .. (await Task.WhenAll(jobs.Select(id => silo.Job(id).Get())))
                .Select(job => job!.State.Booking!)
                .OrderBy(booking => booking.BenchDay),
        ];
        Assert.Equal(Enumerable.Range(0, 12).Select(today.AddDays), booked.Select(booking => booking.BenchDay));
        Assert.All(booked.Zip(booked.Skip(1)), pair => Assert.True(pair.First.PromisedAt < pair.Second.PromisedAt));
    }

    [Fact]
    public async Task ASwapAtTheDoor_LeavesTheNewUnitInTheRegister_AndNoneOnBoard()
    {
        TechnicianId technician = await booker.Technician("swap", new PartQuantity(Booker.Unit, 1));
        Operation by = silo.NewOperation();
        BookJob book = booker.With(technician, ServiceMode.SwapAtDoor, by, 0, null, new PartQuantity(Booker.Unit, 1));
        JobAnswer booked = (await booker.Send(book, by)).Job!;
        Assert.Equal((JobStatus.Accepted, technician), (booked.Status, booked.Technicians.Single()));
        Assert.Equal(CommitmentStatus.Confirmed, (await silo.Technician(technician).Get())!.State.CommitmentOf(book.Id)!.Status);
        await Step(book.Id, new Depart(technician, booked.Epoch, Now));
        await Step(book.Id, new Arrive(technician, booked.Epoch, Now));
        Assert.Equal("job.new_serial_missing", (await silo.Job(book.Id).Execute(new CompleteRepair(technician, booked.Epoch, Now, RepairOutcome.Swapped, null, null), null)).Refusal?.Code);
        await Step(book.Id, new CompleteRepair(technician, booked.Epoch, Now, RepairOutcome.Swapped, null, null, Booker.New));
        await DispatchSilo.Eventually("the van is empty", () => silo.Technician(technician).Get(), t => t!.State.StockOf(Booker.Unit) == 0);
        DeviceIdentity old = DeviceIdentity.Find(book.Request.Device)!;
        DeviceId unit = DeviceId.Derive(DispatchSilo.Tenant, old.Another(Booker.New).Identity!);
        DeviceState given = (await DispatchSilo.Eventually("the new unit is entered", () => silo.Device(unit).Get(), d => d is not null))!.State;
        Assert.Equal(DeviceId.Derive(DispatchSilo.Tenant, old), given.Replaces);
        Assert.NotNull(given.ReplacesSince);
    }

    [Fact]
    public async Task AProgramme_PaysForTheVisit_WhichIsFreeAgainWhenItIsCalledOff_AndCountedWhenItIsOver()
    {
        TechnicianId technician = await booker.Technician("grant");
        ProgrammeGrant grant = new(ProgrammeId.Of("home", new ZoneId("zone_q")), 12_000, 5, 60_000);
        IProgrammeGrain ledger = silo.Programme(grant.Programme);
        Assert.Null(await ledger.Use());
        Operation by = silo.NewOperation();
        BookJob book = booker.With(technician, ServiceMode.DoorToDoor, by, 0, grant);
        Assert.Null((await booker.Send(book, by)).Refusal);
        Assert.Equal(new ProgrammeUse("home", 1, 12_000), await ledger.Use());
        await Step(book.Id, new CancelJob("changed my mind"));
        await DispatchSilo.Eventually("the visit is free", ledger.Use, use => use!.Visits == 0);
        Operation second = silo.NewOperation();
        BookJob kept = booker.With(technician, ServiceMode.DoorToDoor, second, 0, grant);
        JobAnswer booked = (await DispatchSilo.Eventually("the time is free", () => booker.Send(kept, second), r => r.Refusal is null)).Job!;
        foreach (JobCommand step in new JobCommand[]
        {
            new Depart(technician, booked.Epoch, Now), new Arrive(technician, booked.Epoch, Now), new CompleteRepair(technician, booked.Epoch, Now, RepairOutcome.Repaired, null, null),
            new SignAcceptance(technician, booked.Epoch, Now, "digest"), new CloseJob(technician, booked.Epoch, Now),
        })
            await Step(kept.Id, step);
        await DispatchSilo.Eventually("the visit is counted", () => silo.History(Streams.Programme(grant.Programme)), events => events.Any(e => e.Type == "programme.settled"));
        Assert.Equal(new ProgrammeUse("home", 1, 12_000), await ledger.Use());
    }

    [Fact]
    public async Task ARefusedBooking_LeavesNothingBehind_AlsoNotInTheProgramme()
    {
        TechnicianId technician = await booker.Technician("none");
        ProgrammeGrant grant = new(ProgrammeId.Of("nothing", new ZoneId("zone_q")), 12_000, 5, 60_000);
        Operation by = silo.NewOperation();
        BookJob book = booker.With(technician, ServiceMode.DoorToDoor, by, 0, grant, new PartQuantity("screen", 1));
        Assert.Equal("technician.part_missing", (await booker.Send(book, by)).Refusal?.Code);
        Assert.Null(await silo.Job(book.Id).Get());
        Assert.Equal(0, (await silo.Programme(grant.Programme).Use())!.Visits);
        Assert.Empty((await silo.Technician(technician).Get())!.State.Commitments);
        Assert.Empty(await silo.History(Streams.Job(book.Id)));
    }

    /// <summary>The call to the technician's ledger that makes an appointment firm fails once: what was begun is finished by whoever looks next, and the customer who asks again is told yes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnAppointmentThatWasBegun_IsKept_WhenTheJobIsWokenOrAskedAgain(bool woken)
    {
        TechnicianId technician = await booker.Technician($"begun{woken}");
        Operation by = silo.NewOperation();
        BookJob book = booker.With(technician, ServiceMode.DoorToDoor, by, 0);
        failsOnce.Arm();
        await Assert.ThrowsAnyAsync<Exception>(() => booker.Send(book, by));
        Assert.True((await silo.Job(book.Id).Get())!.State.AwaitsAppointment);
        if (woken)
            await silo.Job(book.Id).Wake();
        else
            Assert.Equal(JobStatus.Accepted, (await booker.Send(book, by)).Job!.Status);
        Assert.Equal(JobStatus.Accepted, (await silo.Job(book.Id).Get())!.State.Status);
        Assert.Equal(CommitmentStatus.Confirmed, Assert.Single((await silo.Technician(technician).Get())!.State.Commitments).Status);
        // The customer asks again while the job stands still for a change of plan: it is theirs all the same, and nobody calls it off.
        Assert.Null((await silo.Job(book.Id).Execute(new ParkJob(new IntentId($"intent_{woken}"), TimeProvider.System.GetUtcNow().AddMinutes(5), new Epoch(1), technician, null, Overrules: true), null)).Refusal);
        JobReply again = await booker.Send(book, silo.NewOperation());
        Assert.Equal((book.Id, JobStatus.Accepted), (again.Job!.Id, again.Job.Status));
        Assert.Null((await silo.Job(book.Id).Get())!.State.EndReason);
        Assert.Equal(book.Id, (await booker.Send(book, by)).Job!.Id);
    }

    /// <summary>The next confirmation of a technician's time does not arrive.</summary>
    private sealed class FailsOnce : IIncomingGrainCallFilter
    {
        private int armed;

        public void Arm() => Volatile.Write(ref armed, 1);

        public Task Invoke(IIncomingGrainCallContext context) =>
            context.InterfaceMethod.DeclaringType == typeof(ITechnicianGrain) && context.InterfaceMethod.Name == nameof(ITechnicianGrain.Execute)
                && context.Request.GetArgument(0) is ConfirmSlot && Interlocked.Exchange(ref armed, 0) == 1
                ? throw new TimeoutException("the call is lost")
                : context.Invoke();
    }
}
