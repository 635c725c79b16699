using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Phones;
using Sim.Tests.Replay;

namespace Sim.Tests.Phones;

/// <summary>
/// Technician 1 of <see cref="Small"/> at home in (10,0). Ways: home–3: 4, home–4: √73, 3–4: 5, home–depot: 10, depot–3: √116, depot–5: 5, 4–5: √116.
/// Windows: 3 from 20 to 30, 4 from 0 to 90, 5 from 40 to 60.
/// </summary>
public sealed class PhoneCoreTests
{
    private PhoneState phone = new(Small.Instance, 1);
    private readonly List<PhoneAction> actions = [];

    [Fact]
    public void OfferThatFits_IsAcceptedAtOnce()
    {
        Offer(3, planned: 16, at: 2);
        Assert.Equal([new PhoneAction.Accept("job_3", 1)], actions);
        Assert.Equal((1, 1, 0), (phone.Tally.Offers, phone.Tally.Accepts, phone.Tally.Declines));
    }

    [Fact]
    public void StopIsServedAsPlanned_AndEveryReportBearsTheExactTime()
    {
        Offer(3, planned: 16, at: 2);
        Confirm(3, at: 2.1);
        Assert.Equal(16, PhoneCore.NextWake(phone)?.Units);
        Tick(15.999);
        Assert.Single(actions);
        Play(until: 100);
        Assert.Equal(
            [("Depart", 16.0), ("Arrive", 20), ("Repair", 25), ("Sign", 25), ("Close", 25)],
            actions.OfType<PhoneAction.Send>().Select(a => (a.Report.Kind.ToString(), a.Report.At.Units)));
        Served done = Assert.Single(phone.Done);
        Assert.Equal((3, 16.0, 20.0, 20.0, 25.0, true), (done.Node, done.Depart.Units, done.Arrive.Units, done.Start.Units, done.Finish.Units, done.IsServed));
        Assert.Equal(2, done.Decided.Units);
    }

    [Fact]
    public void TimesDoNotDependOnWhenThePhoneIsLookedAt()
    {
        Offer(3, planned: 10, at: 2);
        Confirm(3, at: 3);
        Offer(4, planned: 25, at: 4);
        Confirm(4, at: 5);
        PhoneState exact = phone, late = phone;
        foreach (double t in new[] { 10, 14, 25, 30, 35.0 })
            exact = PhoneCore.Handle(exact, new PhoneInput.Tick(), new DayTime(t)).Phone;
        late = PhoneCore.Handle(late, new PhoneInput.Tick(), new DayTime(77)).Phone;
        Assert.Equal(exact.Done, late.Done);
        Assert.Equal([(10.0, 20.0, 25.0), (25, 30, 35)], late.Done.Select(d => (d.Depart.Units, d.Start.Units, d.Finish.Units)));
    }

    [Fact]
    public void ReportsGoOutOneAtATime_EachAfterTheAnswerToTheLast()
    {
        Offer(3, planned: 16, at: 2);
        Confirm(3, at: 2);
        Tick(40);
        Assert.Equal(ReportKind.Depart, Assert.Single(actions.OfType<PhoneAction.Send>()).Report.Kind);
        Tick(41);
        Assert.Single(actions.OfType<PhoneAction.Send>());
        Feed(new PhoneInput.ReportAnswered(null), 42);
        Assert.Equal([ReportKind.Depart, ReportKind.Arrive], actions.OfType<PhoneAction.Send>().Select(a => a.Report.Kind));
    }

    [Fact]
    public void UnacknowledgedAcceptance_HoldsTheDepartureBackButNotItsTime()
    {
        Offer(3, planned: 16, at: 2);
        Tick(16.5);
        Assert.Null(phone.Leg);
        Confirm(3, at: 16.7);
        Assert.Equal(16, phone.Leg?.Depart.Units);
    }

    [Fact]
    public void OfferThatArrivesAfterItsDeparture_IsSetOffToWhenItIsKnown()
    {
        Offer(3, planned: 16, at: 18, decided: 15);
        Confirm(3, at: 18.5);
        Assert.Equal((18.0, 22.0), (phone.Leg?.Depart.Units, phone.Leg?.Start.Units));
    }

    [Fact]
    public void EventAheadOfThePhonesClock_IsNotKnownBeforeItsOwnTime()
    {
        Offer(3, planned: 16, at: 16.9, decided: 17);
        Confirm(3, at: 17.2);
        Assert.Equal(17, phone.Leg?.Depart.Units);
    }

    [Theory]
    [InlineData(26, true)]
    [InlineData(26.01, false)]
    public void WindowOutOfReach_IsDeclined(double known, bool accepted)
    {
        Offer(3, planned: 16, at: known);
        Assert.Equal([accepted ? new PhoneAction.Accept("job_3", 1) : new PhoneAction.Decline("job_3", 1, "cannot_make_window")], actions);
        Assert.Equal(accepted ? 1 : 0, phone.Ahead.Length);
    }

    [Fact]
    public void OfferThatWouldBreakAPromise_IsDeclinedForWantOfTime()
    {
        Offer(3, planned: 24, at: 1);
        Confirm(3, at: 1);
        Offer(4, planned: 2, at: 1.5); // there at 10.5, until 15.5, then 5 more: in time for 3
        Offer(5, planned: 1.7, at: 1.6); // opens at 40, so 3 could not be begun by 30
        Assert.Equal(new PhoneAction.Decline("job_5", 1, "no_time"), actions[^1]);
        Assert.Equal(["job_4", "job_3"], phone.Ahead.Select(s => s.Id.Job));
    }

    [Fact]
    public void OfferThatLeadsHomeAfterTheShift_IsDeclined()
    {
        Offer(4, planned: 80, at: 1); // there at 88.5, done at 93.5, home at 102.1
        Assert.Equal(new PhoneAction.Decline("job_4", 1, "no_time"), Assert.Single(actions));
    }

    [Fact]
    public void StopsAreServedInPlannedOrder_NotInThatOfTheirArrival()
    {
        Offer(4, planned: 25, at: 1);
        Offer(3, planned: 16, at: 2);
        Confirm(4, at: 3);
        Confirm(3, at: 3);
        Play(until: 60);
        Assert.Equal([3, 4], phone.Done.Select(d => d.Node));
    }

    [Fact]
    public void DepotCall_IsAStopInPlannedOrderWithoutServiceTime()
    {
        Offer(5, planned: 30, at: 1);
        Confirm(5, at: 1);
        Feed(new PhoneInput.DepotOrdered(1, new DayTime(20), new DayTime(1)), 1.5);
        Play(until: 100);
        Assert.Equal([(0, 20.0, 30.0, 30.0), (5, 30, 40, 50)], phone.Done.Select(d => (d.Node, d.Depart.Units, d.Start.Units, d.Finish.Units)));
        Assert.Equal(["Depart", "Close"], actions.OfType<PhoneAction.Send>().Where(a => a.Report.Stop.IsDepot).Select(a => a.Report.Kind.ToString()));
    }

    [Fact]
    public void NewDepotOrder_TakesThePlaceOfTheOldOne_AndACancelledOneIsForgotten()
    {
        Feed(new PhoneInput.DepotOrdered(1, new DayTime(20), new DayTime(1)), 1);
        Feed(new PhoneInput.DepotOrdered(2, new DayTime(25), new DayTime(2)), 2);
        Assert.Equal(StopId.OfDepot(2), Assert.Single(phone.Ahead).Id);
        Feed(new PhoneInput.DepotCancelled(2), 3);
        Assert.Empty(phone.Ahead);
    }

    [Fact]
    public void WithdrawnBeforeDeparture_IsDropped_AndTheNextIsSetOffToNoSoonerThanThat()
    {
        Offer(3, planned: 16, at: 1); // never confirmed, so it holds the place of the next
        Offer(4, planned: 17, at: 2);
        Confirm(4, at: 2);
        Feed(new PhoneInput.Lost("job_3", 2, Inclusive: false), 19);
        Assert.Equal((4, 19.0), (phone.Leg!.Stop.Node, phone.Leg.Depart.Units));
        Assert.Equal(1, phone.Tally.Withdrawals);
        Assert.Empty(phone.Tally.Anomalies);
    }

    [Fact]
    public void WithdrawalOfAnOlderEpoch_ChangesNothing()
    {
        Offer(3, planned: 16, at: 1, epoch: 4);
        Feed(new PhoneInput.Lost("job_3", 4, Inclusive: false), 2);
        Assert.Single(phone.Ahead);
        Feed(new PhoneInput.Lost("job_3", 4, Inclusive: true), 2);
        Assert.Empty(phone.Ahead);
    }

    [Fact]
    public void NewerOffer_TakesThePlaceOfTheOlderOne()
    {
        Offer(3, planned: 16, at: 1, epoch: 1);
        Offer(3, planned: 18, at: 2, epoch: 3);
        Stop stop = Assert.Single(phone.Ahead);
        Assert.Equal((3L, 18.0), (stop.Epoch, stop.Planned.Units));
        Confirm(3, at: 2.5, epoch: 1);
        Assert.False(phone.Ahead[0].Confirmed);
    }

    [Fact]
    public void RefusedAcceptance_DropsTheStopAndLooksAgain()
    {
        Offer(3, planned: 16, at: 1);
        Feed(new PhoneInput.AcceptRefused("job_3", 1, "job.taken"), 2);
        Assert.Empty(phone.Ahead);
        Assert.Equal(1, phone.Tally.LostOffers);
        Assert.IsType<PhoneAction.Reread>(actions[^1]);
    }

    [Fact]
    public void WithdrawnJustAsThePhoneSetOff_TheServersAnswerDecides()
    {
        Offer(3, planned: 16, at: 1);
        Confirm(3, at: 1);
        Tick(16.1);
        Feed(new PhoneInput.Lost("job_3", 2, Inclusive: false), 16.2);
        Feed(new PhoneInput.ReportAnswered("409 job.epoch_stale"), 16.3);
        Assert.Null(phone.Leg);
        Assert.Equal((1, 0.0), (phone.Place, phone.FreeAt.Units));
        Assert.Equal(1, phone.Tally.Withdrawals);
        Assert.Empty(phone.Tally.Anomalies);
        Offer(4, planned: 10, at: 16.4);
        Confirm(4, at: 16.5);
        Assert.Equal(16.4, phone.Leg?.Depart.Units);
    }

    [Fact]
    public void WithdrawnAfterAnAcknowledgedDeparture_IsDrivenToInVainAndToldAsAnAnomaly()
    {
        Offer(3, planned: 16, at: 1);
        Confirm(3, at: 1);
        Tick(16.1);
        Feed(new PhoneInput.ReportAnswered(null), 16.2);
        Feed(new PhoneInput.Lost("job_3", 2, Inclusive: false), 17);
        Play(until: 40);
        Served done = Assert.Single(phone.Done);
        Assert.Equal((3, false, 20.0), (done.Node, done.IsServed, done.Finish.Units));
        Assert.Contains("withdrawn after departure", Assert.Single(phone.Tally.Anomalies));
        Assert.Equal(ReportKind.Depart, Assert.Single(actions.OfType<PhoneAction.Send>()).Report.Kind);
    }

    [Fact]
    public void RefusedReportOfFinishedWork_TakesItsServiceBack()
    {
        Offer(3, planned: 16, at: 1);
        Confirm(3, at: 1);
        Tick(40);
        Feed(new PhoneInput.ReportAnswered(null), 40);
        Feed(new PhoneInput.ReportAnswered("409 job.wrong_status"), 40);
        Assert.False(Assert.Single(phone.Done).IsServed);
        Assert.Empty(phone.Unsent);
        Assert.Contains("Arrive of job_3 refused", Assert.Single(phone.Tally.Anomalies));
    }

    [Fact]
    public void LookingAgain_DropsWhatTheServerNoLongerHasButNotWhatIsNewer()
    {
        Offer(3, planned: 16, at: 1);
        Offer(4, planned: 25, at: 5);
        Feed(new PhoneInput.ReadAgain([], null, new DayTime(3)), 6);
        Assert.Equal(["job_4"], phone.Ahead.Select(s => s.Id.Job));
        Feed(new PhoneInput.ReadAgain([("job_4", 1)], null, new DayTime(6)), 7);
        Assert.Single(phone.Ahead);
    }

    [Fact]
    public void PlaceOnTheMap_MovesEvenlyAlongTheWay()
    {
        Offer(3, planned: 16, at: 1);
        Confirm(3, at: 1);
        Assert.Equal(new PlanePoint(10, 0), phone.At(new DayTime(15)));
        Tick(17);
        Assert.True(phone.IsMoving(new DayTime(17)));
        Assert.Equal(new PlanePoint(10, 1), phone.At(new DayTime(17)));
        Assert.Equal(new PlanePoint(10, 4), phone.At(new DayTime(22)));
        Assert.False(phone.IsMoving(new DayTime(22)));
    }

    private void Offer(int node, double planned, double at, double? decided = null, long epoch = 1) =>
        Feed(new PhoneInput.Offered($"job_{node}", node, epoch, new DayTime(planned), new DayTime(decided ?? at)), at);

    private void Confirm(int node, double at, long epoch = 1) => Feed(new PhoneInput.Confirmed($"job_{node}", epoch), at);

    private void Tick(double at) => Feed(new PhoneInput.Tick(), at);

    private void Feed(PhoneInput input, double at)
    {
        (phone, var done) = PhoneCore.Handle(phone, input, new DayTime(at));
        actions.AddRange(done);
    }

    /// <summary>Time passes from wake to wake, and the server takes every report.</summary>
    private void Play(double until)
    {
        for (int i = 0; i < 200; i++)
            if (phone.Sending)
                Feed(new PhoneInput.ReportAnswered(null), phone.Now.Units);
            else if (PhoneCore.NextWake(phone) is { } wake && wake.Units <= until)
                Tick(wake.Units);
            else
                return;
    }
}
