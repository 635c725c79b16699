using Dispatch.Sim.Phones;
using Dispatch.Sim.Replay.Instances;
using Sim.Tests.Replay;

namespace Sim.Tests.Phones;

/// <summary>A phone that starts in the middle of a day, in the plane of <see cref="Small"/>.</summary>
public sealed class PhoneResumeTests
{
    private PhoneState phone = new(Small.Instance, 1);
    private readonly List<PhoneAction> actions = [];

    [Fact]
    public void UnderWay_IsArrivedAtWhenTheWayIsOver()
    {
        Resume(12, place: 1, Stop("job_3", 3, StopProgress.UnderWay, since: 10));
        Assert.Equal((10.0, 14.0, 20.0), (phone.Leg!.Depart.Units, phone.Leg.Arrive.Units, phone.Leg.Start.Units));
        Assert.True(phone.IsMoving(new DayTime(12)));
        Feed(new PhoneInput.Tick(), 14);
        Assert.Equal(ReportKind.Arrive, Assert.IsType<PhoneAction.Send>(Assert.Single(actions)).Report.Kind);
    }

    [Fact]
    public void AtWork_IsFinishedAsIfNothingHadHappened()
    {
        Resume(23, place: 1, Stop("job_3", 3, StopProgress.AtWork, since: 20));
        Feed(new PhoneInput.Tick(), 25);
        Assert.Equal((ReportKind.Repair, 25.0), (Sent().Kind, Sent().At.Units));
    }

    [Fact]
    public void RepairedButNotSigned_IsSignedAndClosed()
    {
        Resume(30, place: 3, Stop("job_3", 3, StopProgress.Repaired, since: 25));
        Assert.Equal(ReportKind.Sign, Sent().Kind);
        Feed(new PhoneInput.ReportAnswered(null), 31);
        Assert.Equal([ReportKind.Sign, ReportKind.Close], actions.OfType<PhoneAction.Send>().Select(a => a.Report.Kind));
    }

    [Fact]
    public void AcceptedIsKept_OfferedIsAnswered_AndWhatIsGoneIsForgotten()
    {
        Feed(new PhoneInput.Offered("job_4", 4, 1, new DayTime(40), new DayTime(1)), 1);
        actions.Clear();
        Resume(5, place: 1, Stop("job_3", 3, StopProgress.Accepted, since: 2, planned: 16), Stop("job_5", 5, StopProgress.Offered, since: 4, planned: 21));
        Assert.Equal(["job_3", "job_5"], phone.Ahead.Select(s => s.Id.Job!));
        Assert.Equal((true, false), (phone.Ahead[0].Confirmed, phone.Ahead[1].Confirmed));
        Assert.Equal([new PhoneAction.Accept("job_5", 1)], actions);
        Resume(6, place: 1, Stop("job_3", 3, StopProgress.Accepted, since: 2, planned: 16));
        Assert.Equal("job_3", Assert.Single(phone.Ahead).Id.Job);
    }

    [Fact]
    public void AnOfferTheTechnicianWouldRatherNotTake_IsDeclinedInTheirWords()
    {
        Feed(new PhoneInput.Offered("job_3", 3, 1, new DayTime(16), new DayTime(1), Unwilling: "too_far"), 1);
        Assert.Equal([new PhoneAction.Decline("job_3", 1, "too_far")], actions);
        Assert.Empty(phone.Ahead);
    }

    private Report Sent() => actions.OfType<PhoneAction.Send>().Last().Report;

    private static ResumedStop Stop(string job, int node, StopProgress progress, double since, double planned = 16) =>
        new(StopId.OfJob(job), node, 1, new DayTime(planned), progress, new DayTime(since));

    private void Resume(double at, int place, params ResumedStop[] stops) => Feed(new PhoneInput.Resumed([.. stops], place, new DayTime(0)), at);

    private void Feed(PhoneInput input, double at)
    {
        (phone, var done) = PhoneCore.Handle(phone, input, new DayTime(at));
        actions.AddRange(done);
    }
}
