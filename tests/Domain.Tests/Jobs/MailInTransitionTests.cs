using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>The whole table of a mail-in job, and what the carrier's reports do in whatever order they come.</summary>
public class MailInTransitionTests
{
    private static readonly ServicePointId Point = new("point_a");
    private static readonly DateOnly Day = new(2026, 5, 6);
    private static readonly Epoch First = new(1);

    private static JobState Requested => ((JobState?)null).Then(Ask(null) with { Request = Parcels });
    private static JobState Queued => ((JobState?)null).Then(Ask(Needs) with { Request = Parcels });
    private static JobState Unconfirmed => Queued.Then(Book(Epoch.Zero));
    private static JobState Booked => Unconfirmed.Then(new ConfirmBooking(First));
    private static JobState InTransit => Booked.Then(Report(Booked, ParcelDirection.Inbound, ParcelStatus.InTransit));
    private static JobState Received => InTransit.Then(new ReceiveDevice(Point, Noon));
    private static JobState Inspected => Received.Then(new InspectDevice(Point, Noon, "glass cracked"));
    private static JobState OnBench => Inspected.Then(new StartBench(Point, Noon));
    private static JobState Repaired => OnBench.Then(new FinishBench(Point, Noon, RepairOutcome.Repaired, null, "screen replaced"));
    private static JobState Checked => Repaired.Then(new CheckRepair(Point, Noon, true, null));
    private static JobState Packed => Checked.Then(new PackDevice(Point, Noon));
    private static JobState Shipped => Packed.Then(new ShipDevice(Point, Noon));
    private static JobState Delivered => Shipped.Then(Report(Shipped, ParcelDirection.Return, ParcelStatus.Delivered));
    private static JobState Closed => Delivered.Then(new ConfirmReturn());
    private static JobState Cancelled => Booked.Then(new CancelJob("changed my mind"));

    private static JobState Quoted => Inspected.Then(JobFixture.Quote(Inspected));
    private static JobState Approved => Quoted.Then(Answer(Quoted, true));
    private static JobState Refused => Quoted.Then(Answer(Quoted, false));
    private static JobState Lapsed => Quoted.Then(new LapseQuote(), Noon.AddHours(2));
    private static JobState QuotedOnBench => OnBench.Then(JobFixture.Quote(OnBench));
    private static JobState RefusedOnBench => QuotedOnBench.Then(Answer(QuotedOnBench, false));

    private static JobRequest Parcels => Request() with { Mode = ServiceMode.MailIn, Windows = [], Bench = "phone" };

    internal static ImmutableArray<(string Name, JobState State)> Every =>
    [
        ("requested", Requested), ("queued", Queued), ("booked", Booked), ("inTransit", InTransit), ("received", Received), ("inspected", Inspected), ("onBench", OnBench),
        ("repaired", Repaired), ("checked", Checked), ("packed", Packed), ("shipped", Shipped), ("delivered", Delivered), ("closed", Closed), ("cancelled", Cancelled),
        ("quoted", Quoted), ("approved", Approved), ("refused", Refused), ("lapsed", Lapsed), ("quotedB", QuotedOnBench), ("refusedB", RefusedOnBench),
    ];

    private static BookBench Book(Epoch expected) => new(expected, Point, Day, Noon.AddDays(3), Noon.AddMinutes(30));

    private static RecordParcel Report(JobState job, ParcelDirection direction, ParcelStatus status, int minute = 0) =>
        new(job.MailIn!.ParcelTo(direction)!.Waybill, status, Noon.AddMinutes(minute - 60), null);

    private static readonly Dictionary<string, Func<JobState, JobCommand>> Commands = new()
    {
        ["book"] = job => Book(job.Epoch),
        ["receive"] = _ => new ReceiveDevice(Point, Noon),
        ["inspect"] = _ => new InspectDevice(Point, Noon, "scratches"),
        ["start"] = _ => new StartBench(Point, Noon),
        ["finish"] = _ => new FinishBench(Point, Noon, RepairOutcome.Repaired, null, null),
        ["pass"] = _ => new CheckRepair(Point, Noon, true, null),
        ["fail"] = _ => new CheckRepair(Point, Noon, false, "still dark"),
        ["pack"] = _ => new PackDevice(Point, Noon),
        ["ship"] = _ => new ShipDevice(Point, Noon),
        ["confirm"] = _ => new ConfirmReturn(),
        ["cancel"] = _ => new CancelJob("no longer needed"),
        ["reassign"] = _ => new ReassignJob(null, "closer", null),
        ["close"] = job => new CloseJob(null, job.Epoch, Noon),
        ["quote"] = JobFixture.Quote,
        ["approve"] = job => Answer(job, approved: true),
        ["refuse"] = job => Answer(job, approved: false),
        ["lapse"] = _ => new LapseQuote(),
        ["device"] = _ => new CorrectDevice(new DeviceRef("Huawei", "P60", "490154203237518")),
    };

    // "=" stays as it is without an event; "!" is job.wrong_status, "/" job.parcel_under_way, "." job.ended, "?" job.quote_unknown, "o" job.quote_open, "r" job.quote_refused,
    // "l" job.quote_lapsed, "x" job.quote_closed.
    private const string Table = """
        state     book   receive  inspect   start   finish   pass    fail    pack   ship    confirm cancel    reassign close  quote     approve   refuse    lapse  device
        requested !      !        !         !       !        !       !       !      !       !       cancelled !        !      !         ?         ?         =      requested
        queued    booked !        !         !       !        !       !       !      !       !       cancelled !        !      !         ?         ?         =      queued
        booked    !      received !         !       !        !       !       !      !       !       cancelled queued   !      !         ?         ?         =      booked
        inTransit !      received !         !       !        !       !       !      !       !       /         !        !      !         ?         ?         =      inTransit
        received  !      =        inspected !       !        !       !       !      !       !       /         !        !      !         ?         ?         =      received
        inspected !      !        =         onBench !        !       !       !      !       !       /         !        !      inspected ?         ?         =      inspected
        onBench   !      !        !         =       repaired !       =       !      !       !       /         !        !      onBench   ?         ?         =      onBench
        repaired  !      !        !         !       =        checked onBench !      !       !       .         !        !      !         ?         ?         =      repaired
        checked   !      !        !         !       !        =       !       packed !       !       .         !        !      !         ?         ?         =      checked
        packed    !      !        !         !       !        !       !       =      shipped !       .         !        !      !         ?         ?         =      packed
        shipped   !      !        !         !       !        !       !       !      =       closed  .         !        !      !         ?         ?         =      shipped
        delivered !      !        !         !       !        !       !       !      !       closed  .         !        closed !         ?         ?         =      delivered
        closed    !      !        !         !       !        !       !       !      !       =       .         !        =      !         ?         ?         =      closed
        cancelled !      !        !         !       !        !       !       !      !       !       =         !        !      !         ?         ?         =      .
        quoted    !      !        =         o       !        !       !       !      !       !       /         !        !      inspected inspected inspected =      inspected
        approved  !      !        =         onBench !        !       !       !      !       !       /         !        !      inspected =         x         =      inspected
        refused   !      !        =         r       !        !       !       packed !       !       /         !        !      r         x         =         =      inspected
        lapsed    !      !        =         l       !        !       !       packed !       !       /         !        !      inspected l         l         =      inspected
        quotedB   !      !        !         =       o        !       =       !      !       !       /         !        !      onBench   onBench   onBench   =      onBench
        refusedB  !      !        !         =       r        !       =       packed !       !       /         !        !      r         x         =         =      onBench
        """;

    public static TheoryData<string, string, string> Cells()
    {
        TheoryData<string, string, string> cells = [];
        string[][] rows = [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        foreach (string[] row in rows[1..])
            for (int column = 1; column < row.Length; column++)
                cells.Add(row[0], rows[0][column], row[column]);
        return cells;
    }

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        JobState job = Every.Single(x => x.Name == state).State;
        Decision<JobEvent> decision = Decide(job, Commands[command](job));
        string? code = expected switch
        {
            "!" => "job.wrong_status", "/" => "job.parcel_under_way", "." => "job.ended",
            "?" => "job.quote_unknown", "o" => "job.quote_open", "r" => "job.quote_refused", "l" => "job.quote_lapsed", "x" => "job.quote_closed",
            _ => null,
        };
        Assert.Equal(code, decision.Refusal?.Code);
        Assert.Equal(code is not null || expected == "=", decision.Events.IsEmpty);
        if (code is null && expected != "=")
            Assert.Equal(expected, Apply(job, decision).Status.ToString(), ignoreCase: true);
    }

    [Fact]
    public void TheTableHasEveryStateAndEveryCommand() => Assert.Equal(Every.Length * Commands.Count, Cells().Count);

    [Fact]
    public void StepsOfAVisit_AreOfTheOtherMode_AndTheOtherWayRound()
    {
        JobCommand[] visit =
        [
            Offer(Epoch.Zero, Li), new AcceptOffer(Li, First), new Depart(Li, First, Noon), new Arrive(Li, First, Noon), new SignAcceptance(Li, First, Noon, "d"), new RescheduleJob([Afternoon], null),
            new CompleteRepair(Li, First, Noon, RepairOutcome.Repaired, null, null), new ReassignJob(Li, "closer", null),
        ];
        foreach (JobCommand command in visit)
            Assert.Equal("job.wrong_mode", Decide(Queued, command).Refusal?.Code);
        foreach (JobCommand command in new JobCommand[] { Book(Epoch.Zero), new ReceiveDevice(Point, Noon), new ConfirmReturn(), new RecordParcel(new Waybill("DP0"), ParcelStatus.Delivered, Noon, null) })
            Assert.Equal("job.wrong_mode", Decide(JobFixture.Queued, command).Refusal?.Code);
    }

    [Fact]
    public void AnotherPoint_CannotTouchTheJob_ADispatcherCanForAny()
    {
        Assert.Equal("job.not_at_this_point", Decide(InTransit, new ReceiveDevice(new ServicePointId("point_b"), Noon)).Refusal?.Code);
        Assert.Null(Decide(InTransit, new ReceiveDevice(null, Noon)).Refusal);
    }

    [Fact]
    public void UntilThePointHasConfirmed_NothingMoves()
    {
        Assert.Equal("job.booking_unconfirmed", Decide(Unconfirmed, new ReceiveDevice(Point, Noon)).Refusal?.Code);
        Assert.Equal("job.booking_unconfirmed", Decide(Unconfirmed, Report(Unconfirmed, ParcelDirection.Inbound, ParcelStatus.InTransit)).Refusal?.Code);
    }

    [Fact]
    public void ALostBooking_WaitsAgainUnderAnotherEpochAndAnotherWaybill_ALateAnswerChangesNothing()
    {
        JobState lost = Unconfirmed.Then(new LoseBooking(First, "point.reservation_gone"));
        Assert.Equal((JobStatus.Queued, new Epoch(2)), (lost.Status, lost.Epoch));
        Assert.Empty(lost.MailIn!.Parcels);
        Assert.Empty(Decide(lost, new ConfirmBooking(First)).Events);
        Assert.Empty(Decide(Booked, new LoseBooking(First, "late")).Events);
        JobState again = lost.Then(Book(lost.Epoch));
        Assert.NotEqual(Unconfirmed.MailIn!.Parcels[0].Waybill, again.MailIn!.Parcels[0].Waybill);
    }

    [Fact]
    public void ReportsOfACarrier_InAnyOrderAndTwice_ComeToTheSame()
    {
        ParcelStatus[] way = [ParcelStatus.InfoReceived, ParcelStatus.InTransit, ParcelStatus.Exception, ParcelStatus.OutForDelivery, ParcelStatus.Delivered];
        RecordParcel[] reports = [.. way.Select((status, i) => Report(Booked, ParcelDirection.Inbound, status, i))];
        JobState inOrder = reports.Aggregate(Booked, (job, report) => job.Then(report));
        int[][] orders = [[4, 3, 2, 1, 0], [2, 2, 0, 4, 1, 3, 0], [1, 4, 4, 3, 0, 2]];
        foreach (int[] order in orders)
        {
            JobState job = order.Aggregate(Booked, (j, i) => j.Then(reports[i]));
            Assert.Equal(inOrder.MailIn!.Parcels[0].Events, job.MailIn!.Parcels[0].Events);
            Assert.Equal((JobStatus.InTransit, ParcelStatus.Delivered), (job.Status, job.MailIn.Parcels[0].Status));
        }
    }

    [Fact]
    public void AReportThatComesAfterTheScan_DoesNotMoveTheJobBack()
    {
        JobState job = Received.Then(Report(Received, ParcelDirection.Inbound, ParcelStatus.Delivered));
        Assert.Equal(JobStatus.Received, job.Status);
    }

    [Fact]
    public void ReportsOfAParcel_AreBounded()
    {
        JobState job = Booked;
        for (int i = 0; i < Parcel.MostEvents; i++)
            job = job.Then(Report(job, ParcelDirection.Inbound, ParcelStatus.InTransit, -i));
        Assert.Equal("job.too_many_reports", Decide(job, Report(job, ParcelDirection.Inbound, ParcelStatus.Delivered)).Refusal?.Code);
        Assert.Equal("job.waybill_unknown", Decide(job, new RecordParcel(new Waybill("DP0000000000000"), ParcelStatus.Delivered, Noon, null)).Refusal?.Code);
        Assert.Equal("job.time_in_future", Decide(Booked, Report(Booked, ParcelDirection.Inbound, ParcelStatus.Delivered, 62)).Refusal?.Code);
    }

    [Fact]
    public void ADeliveredJob_ClosesByItselfAfterTwoDays()
    {
        DateTimeOffset due = JobRules.Standard.CloseAt(Delivered)!.Value;
        Assert.Empty(Decide(Delivered, new CloseDelivered(), due.AddTicks(-1)).Events);
        Assert.Equal(JobStatus.Closed, Apply(Delivered, Decide(Delivered, new CloseDelivered(), due)).Status);
    }
}
