using System.Collections.Immutable;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>Jobs that begin as a booking: their first facts, and which steps of a service point each mode has, in which order.</summary>
public class BookedModeTests
{
    private static readonly ServicePointId Point = new("point_a");
    private static readonly DateOnly Day = new(2026, 5, 6);
    private const string Old = "490154203237518", New = "356938035643809";

    private static AgreedTerms Terms(ServiceMode mode) => new(
        mode, OfferPrice.Free with { Labour = 9_000 }, "CNY", "2026-1", false, Noon, Noon.AddDays(1), null, null, null,
        mode.IsVisit() ? new Reservation(Li, JobFixture.Visit, null, null, null, Needs.Parts) : new Reservation(null, null, Point, Day, mode.TakesBench() ? "phone" : null, Needs.Parts), Tariff.Consumer);

    private static BookJob Book(ServiceMode mode) => new(
        Id, new TenantId("main"), new ZoneId("zone_n"), Request() with { Mode = mode, Bench = "phone", Device = new DeviceRef("Huawei", "P60", Old), Windows = mode.IsVisit() ? [Afternoon] : [] }, Needs, Terms(mode),
        Noon.AddMinutes(30));

    private static JobState Booked(ServiceMode mode) => mode.IsVisit() ? ((JobState?)null).Then(Book(mode)).Then(new KeepAppointment()) : ((JobState?)null).Then(Book(mode)).Then(new ConfirmBooking(new Epoch(1)));

    public static TheoryData<ServiceMode> Modes => [.. Enum.GetValues<ServiceMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public void ABooking_BeginsWithItsTerms_AndWithWhatTheyReserve(ServiceMode mode)
    {
        Decision<JobEvent> decision = Decide(null, Book(mode));
        Assert.Equal(mode, Assert.IsType<JobRequested>(decision.Events[0]).Terms!.Mode);
        JobState job = Booked(mode);
        Assert.Equal((mode.IsVisit() ? JobStatus.Accepted : JobStatus.Booked, new Epoch(1)), (job.Status, job.Epoch));
        Assert.Equal(mode.IsVisit() ? Li : null, job.Assigned);
        Assert.Equal(mode.IsVisit() ? null : Point, job.Booking?.Point);
        Assert.Equal(mode.HasParcels(), job.MailIn?.ParcelTo(ParcelDirection.Inbound) is not null);
        Assert.Equal(mode.TakesBench() ? "phone" : mode.IsVisit() ? null : Booking.NoBench, job.Booking?.Category);
        Assert.Equal("CNY", job.Terms!.Currency);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ABooking_ThatReservesNothingOfItsMode_IsNone(ServiceMode mode)
    {
        BookJob book = Book(mode);
        ServiceMode other = mode.IsVisit() ? ServiceMode.WalkIn : ServiceMode.DoorToDoor;
        Assert.Equal("job.nothing_reserved", Decide(null, book with { Terms = book.Terms with { Reserved = Terms(other).Reserved } }).Refusal?.Code);
    }

    [Fact]
    public void ABooking_ToldAgain_IsTheSame_AndAnotherUnderItsIdIsRefused()
    {
        JobState job = Booked(ServiceMode.WalkIn);
        Assert.Equal(Decision<JobEvent>.Nothing, Decide(job, Book(ServiceMode.WalkIn)));
        Assert.Equal("operation.key_reused", Decide(job, Book(ServiceMode.MailIn)).Refusal?.Code);
        Assert.Equal("operation.key_reused", Decide(JobFixture.Queued, Book(ServiceMode.WalkIn)).Refusal?.Code);
        Assert.Equal("job.window_missing", Decide(null, Book(ServiceMode.DoorToDoor) with { Request = Book(ServiceMode.DoorToDoor).Request with { Windows = [] } }).Refusal?.Code);
    }

    [Fact]
    public void OnlyTheFirstOfferOfABookedVisit_IsAnAppointment()
    {
        JobState open = ((JobState?)null).Then(Book(ServiceMode.SwapAtDoor));
        Assert.True(open.AwaitsAppointment);
        JobState anew = open.Then(new DeclineOffer(Li, new Epoch(1), "no_time")).Then(Offer(new Epoch(2), Wang));
        Assert.False(anew.AwaitsAppointment);
        Assert.Empty(Decide(anew, new KeepAppointment()).Events);
        Assert.Empty(Decide(Booked(ServiceMode.SwapAtDoor), new KeepAppointment()).Events);
        Assert.False(JobFixture.Offered.AwaitsAppointment);
    }

    private static readonly Dictionary<string, Func<JobState, JobCommand>> Steps = new()
    {
        ["receive"] = _ => new ReceiveDevice(Point, Noon),
        ["inspect"] = _ => new InspectDevice(Point, Noon, "scratches"),
        ["start"] = _ => new StartBench(Point, Noon),
        ["finish"] = job => new FinishBench(Point, Noon, job.Mode.IsSwap() ? RepairOutcome.Swapped : RepairOutcome.Repaired, null, null, job.Mode.IsSwap() ? New : null),
        ["check"] = _ => new CheckRepair(Point, Noon, true, null),
        ["pack"] = _ => new PackDevice(Point, Noon),
        ["ship"] = _ => new ShipDevice(Point, Noon),
        ["handOver"] = _ => new HandOverDevice(Point, Noon),
        ["confirm"] = _ => new ConfirmReturn(),
    };

    /// <summary>From booked to closed; in each state every other step is refused, as one of another mode if the mode has no such step.</summary>
    [Theory]
    [InlineData(ServiceMode.MailIn, "receive inspect start finish check pack ship confirm")]
    [InlineData(ServiceMode.PickupReturn, "receive inspect start finish check pack ship confirm")]
    [InlineData(ServiceMode.WalkIn, "receive inspect start finish check handOver")]
    [InlineData(ServiceMode.SwapAtPoint, "receive inspect finish handOver")]
    [InlineData(ServiceMode.SwapByPost, "finish pack ship confirm")]
    public void EachMode_HasItsSteps_InTheirOrder_AndNoOthers(ServiceMode mode, string way)
    {
        string[] steps = way.Split(' ');
        JobState job = Booked(mode);
        for (int done = 0; done < steps.Length; done++)
        {
            foreach ((string name, Func<JobState, JobCommand> step) in Steps)
                if (name != steps[done] && (done == 0 || name != steps[done - 1]))
                    Assert.Equal((name, steps.Contains(name) ? "job.wrong_status" : "job.wrong_mode"), (name, Decide(job, step(job)).Refusal?.Code));
            job = job.Then(Steps[steps[done]](job));
            Assert.Empty(Decide(job, Steps[steps[done]](job)).Events);
        }
        Assert.Equal(JobStatus.Closed, job.Status);
        Assert.Equal(mode.IsSwap() ? New : null, job.NewUnit?.Imei);
    }

    [Theory]
    [InlineData(ServiceMode.WalkIn)]
    [InlineData(ServiceMode.SwapByPost)]
    public void UntilThePointHasConfirmed_NothingBegins(ServiceMode mode)
    {
        JobState unconfirmed = ((JobState?)null).Then(Book(mode));
        Assert.Equal("job.booking_unconfirmed", Decide(unconfirmed, Steps[mode.IsSwap() ? "finish" : "receive"](unconfirmed)).Refusal?.Code);
    }

    private static FinishBench Swap(RepairOutcome outcome, string? serial) => new(Point, Noon, outcome, null, null, serial);

    [Theory]
    [InlineData(ServiceMode.SwapAtPoint, RepairOutcome.Swapped, null, "job.new_serial_missing")]
    [InlineData(ServiceMode.SwapAtPoint, RepairOutcome.Swapped, "12345", "device.imei_malformed")]
    [InlineData(ServiceMode.SwapAtPoint, RepairOutcome.Swapped, "356938035643808", "device.imei_check_digit")]
    [InlineData(ServiceMode.SwapAtPoint, RepairOutcome.Swapped, Old, "device.same_unit")]
    [InlineData(ServiceMode.SwapAtPoint, RepairOutcome.NotRepaired, null, null)]
    [InlineData(ServiceMode.SwapByPost, RepairOutcome.NotRepaired, null, "job.outcome_not_of_mode")]
    [InlineData(ServiceMode.WalkIn, RepairOutcome.Swapped, New, "job.outcome_not_of_mode")]
    public void AnExchange_NamesTheUnitThatWasGiven(ServiceMode mode, RepairOutcome outcome, string? serial, string? code)
    {
        JobState job = Booked(mode);
        foreach (string step in mode switch { ServiceMode.SwapByPost => [], ServiceMode.WalkIn => ["receive", "inspect", "start"], _ => new[] { "receive", "inspect" } })
            job = job.Then(Steps[step](job));
        Decision<JobEvent> decision = Decide(job, Swap(outcome, serial));
        Assert.Equal(code, decision.Refusal?.Code);
        // A unit that was not given stays in stock.
        if (code is null)
            Assert.Empty(Assert.IsType<BenchFinished>(decision.Events[0]).PartsUsed);
    }

    [Fact]
    public void ASwapAtTheDoor_IsAVisitThatLeavesAnotherUnit()
    {
        JobState there = Booked(ServiceMode.SwapAtDoor).Then(new Depart(Li, new Epoch(1), Noon)).Then(new Arrive(Li, new Epoch(1), Noon));
        CompleteRepair done = new(Li, new Epoch(1), Noon, RepairOutcome.Swapped, null, null, New);
        Assert.Equal("job.new_serial_missing", Decide(there, done with { NewSerial = null }).Refusal?.Code);
        Assert.Equal("job.epoch_stale", Decide(there, done with { Epoch = Epoch.Zero, NewSerial = null }).Refusal?.Code);
        JobState swapped = there.Then(done);
        Assert.Equal((JobStatus.Repaired, New), (swapped.Status, swapped.NewUnit!.Imei));
        Assert.Equal(Needs.Parts, swapped.PartsUsed.AsEnumerable());
        Assert.Equal("job.outcome_not_of_mode", Decide(JobFixture.Arrived, done).Refusal?.Code);
    }

    [Fact]
    public void OfASwap_TheRegisterLearnsAtOnce_OnceAndForAll()
    {
        JobState job = Booked(ServiceMode.SwapAtPoint);
        DeviceIdentity old = DeviceIdentity.Find(job.Request.Device)!, unit = old.Another(New).Identity!;
        SwapDevice told = DeviceHistory.Swapped(job, unit, Noon)!;
        DeviceState known = DeviceDecider.Decide(null, told, Noon).Events.Aggregate((DeviceState?)null, DeviceEvolution.Apply)!;
        Assert.Equal((DeviceId.Derive(job.Tenant, unit), Noon), (known.ReplacedBy!.Value, known.ReplacedAt!.Value));
        Assert.Equal(Decision<DeviceEvent>.Nothing, DeviceDecider.Decide(known, told, Noon));
        Assert.Equal("device.was_replaced", DeviceDecider.Decide(known, told with { NewUnit = old.Another("352099001761481").Identity! }, Noon).Refusal?.Code);
        Assert.Null(DeviceHistory.Swapped(job, null, Noon));
        // An exchange is no attempt at a repair.
        DeviceState served = DeviceEvolution.Apply(known, new DeviceServed(new DeviceService(job.Id, Noon, "screen", RepairOutcome.Swapped, job.Mode, [], null, Point, "Huawei")));
        Assert.Empty(DeviceHistory.Past(served, WallClock.Utc));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ABooking_CanBeCalledOffUntilItHasBegun(ServiceMode mode)
    {
        JobState cancelled = Booked(mode).Then(new CancelJob("changed my mind"));
        Assert.Equal((JobStatus.Cancelled, new Epoch(2)), (cancelled.Status, cancelled.Epoch));
        Assert.NotNull(cancelled.Terms);
    }

    [Fact]
    public void ALostPlace_IsPlannedAnew_AUnitIsGivenByHand()
    {
        foreach (ServiceMode mode in new[] { ServiceMode.WalkIn, ServiceMode.PickupReturn, ServiceMode.SwapAtPoint, ServiceMode.SwapByPost })
        {
            JobState lost = ((JobState?)null).Then(Book(mode)).Then(new LoseBooking(new Epoch(1), "point.reservation_gone"));
            Assert.Equal((JobStatus.Queued, mode.TakesBench()), (lost.Status, Dispatch.Domain.Matching.Points.MailInJob.Of(lost) is not null));
            JobState again = lost.Then(new BookBench(lost.Epoch, Point, Day, Noon.AddDays(2), Noon.AddMinutes(30)));
            Assert.Equal((JobStatus.Booked, mode.TakesBench() ? "phone" : Booking.NoBench), (again.Status, again.Booking!.Category));
        }
    }
}
