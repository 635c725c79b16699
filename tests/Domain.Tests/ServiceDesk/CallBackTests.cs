using Dispatch.Domain.Calendars;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;

namespace Dispatch.Domain.Tests.ServiceDesk;

public class CallBackTests
{
    private const string Li = "user_li", Wang = "user_wang";
    private static readonly WallClock Shanghai = WallClock.Of("Asia/Shanghai");
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly DeskBook Book = DeskRules.Standard.At(Noon);
    private static readonly PlanCallBack Plan = PlanCallBack.Of(new TenantId("main"), new JobId("job_1"), Noon);
    private static readonly Satisfaction Content = new(5, 5, 4, 5), Poor = new(5, 2, 4, 5);

    private static readonly Dictionary<string, CallBackCommand> Commands = new()
    {
        ["plan"] = Plan,
        ["take"] = new TakeCallBack(Li),
        ["takeToo"] = new TakeCallBack(Wang),
        ["return"] = new ReturnCallBack(Li),
        ["notReached"] = new RecordNotReached(Li),
        ["rate"] = new RateService(Li, Content, null, false, ByLink: false),
        ["rateToo"] = new RateService(Wang, Content, null, false, ByLink: false),
        ["link"] = new RateService("customer", Content, null, false, ByLink: true),
        ["tooGood"] = new RateService("customer", new Satisfaction(6, 5, 5, 5), null, false, ByLink: true),
    };

    private static readonly DeskTable Table = new("""
        state   plan    take                  takeToo                return                notReached            rate                  rateToo                link                  tooGood
        none    planned callback.unknown      callback.unknown       callback.unknown      callback.unknown      callback.unknown      callback.unknown       callback.unknown      callback.unknown
        planned =       calling               calling                callback.not_taken    callback.not_taken    callback.not_taken    callback.not_taken     rated                 callback.score_out_of_range
        calling =       =                     callback.already_taken planned               planned               rated                 callback.already_taken rated                 callback.score_out_of_range
        lastTry =       =                     callback.already_taken planned               givenUp               rated                 callback.already_taken rated                 callback.score_out_of_range
        rated   =       callback.ended_before callback.ended_before  callback.ended_before callback.ended_before callback.ended_before callback.ended_before  callback.ended_before callback.score_out_of_range
        givenUp =       callback.ended_before callback.ended_before  callback.ended_before callback.ended_before callback.ended_before callback.ended_before  rated                 callback.score_out_of_range
        """);

    private static readonly Dictionary<string, CallBackState?> States = new()
    {
        ["none"] = null,
        ["planned"] = Then("plan"),
        ["calling"] = Then("plan", "take"),
        ["lastTry"] = Then("plan", "take", "notReached", "take", "notReached", "take"),
        ["rated"] = Then("plan", "take", "rate"),
        ["givenUp"] = Then("plan", "take", "notReached", "take", "notReached", "take", "notReached"),
    };

    private static Decision<CallBackEvent> Decide(CallBackState? state, CallBackCommand command, DateTimeOffset? now = null) =>
        CallBackDecider.Decide(state, Plan.Id, command, now ?? Noon, Book, Shanghai);

    private static CallBackState Then(params string[] commands) => commands.Aggregate((CallBackState?)null, (state, name) =>
    {
        Decision<CallBackEvent> decision = Decide(state, Commands[name]);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, CallBackEvolution.Apply);
    })!;

    public static TheoryData<string, string, string> Cells() => Table.Cells();

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        Decision<CallBackEvent> decision = Decide(States[state], Commands[command]);
        DeskTable.Holds(expected, decision.Refusal, decision.Events.Length, () => decision.Events.Aggregate(States[state], CallBackEvolution.Apply)!.Status.ToString());
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        Assert.Equal(States.Keys, Table.States);
        Assert.Equal(Commands.Keys, Table.Commands);
        Assert.Equal(typeof(CallBackCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CallBackCommand))).Select(t => t.Name).Order(), Commands.Values.Select(c => c.GetType().Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<CallBackStatus>(), States.Values.OfType<CallBackState>().Select(s => s.Status).Distinct().Order());
    }

    [Fact]
    public void TheCall_FollowsFromTheJob() => Assert.Equal(Plan.Id, PlanCallBack.Of(new TenantId("main"), new JobId("job_1"), Noon.AddDays(3)).Id);

    [Theory]
    [InlineData("2026-05-04T10:00+08:00", "2026-05-05T10:00+08:00")]
    [InlineData("2026-05-04T08:59+08:00", "2026-05-05T09:00+08:00")]
    [InlineData("2026-05-04T19:59+08:00", "2026-05-05T19:59+08:00")]
    [InlineData("2026-05-04T20:00+08:00", "2026-05-06T09:00+08:00")]
    [InlineData("2026-05-04T23:30+08:00", "2026-05-06T09:00+08:00")]
    [InlineData("2026-12-30T23:30+08:00", "2027-01-01T09:00+08:00")]
    public void PeopleAreCalledADayLater_WithinCallingHoursOfTheHouse(string closed, string due)
    {
        CallBackPlanned planned = Assert.IsType<CallBackPlanned>(Decide(null, Plan with { ClosedAt = DateTimeOffset.Parse(closed, System.Globalization.CultureInfo.InvariantCulture) }).Events.Single());
        Assert.Equal(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), planned.DueAt);
    }

    [Fact]
    public void WhoIsNotReached_IsTriedThreeHoursLater_ThenADayLater()
    {
        Assert.Equal(Noon.AddHours(3), Then("plan", "take", "notReached").DueAt);
        Assert.Equal(Noon.AddHours(24), Then("plan", "take", "notReached", "take", "notReached").DueAt);
        Assert.Equal(new DateTimeOffset(2026, 5, 5, 9, 0, 0, TimeSpan.FromHours(8)), Assert.IsType<CustomerNotReached>(Decide(States["calling"], Commands["notReached"], Noon.AddHours(6)).Events.Single()).DueAt);
    }

    [Theory]
    [InlineData(3, 3, 3, 3, false, false)]
    [InlineData(2, 5, 5, 5, false, true)]
    [InlineData(5, 5, 5, 1, false, true)]
    [InlineData(5, 5, 5, 5, true, true)]
    public void ALowScoreOrAStatedComplaint_LeadsToAComplaint(int service, int quality, int time, int attitude, bool complains, bool opens)
    {
        ServiceRated rated = Assert.IsType<ServiceRated>(Decide(States["calling"], new RateService(Li, new Satisfaction(service, quality, time, attitude), null, complains, false)).Events.Single());
        Assert.Equal(opens, rated.Complaint);
    }

    [Fact]
    public void TheCase_IsAboutTheWorstDimension_AndOpenedByWhoSaidIt()
    {
        ServiceRated byLink = Assert.IsType<ServiceRated>(Decide(States["planned"], new RateService("customer", Poor, new DeskText("text_1", "mark"), false, true)).Events.Single());
        OpenCase open = OpenCase.From(States["planned"]!, byLink);
        Assert.Equal((CaseReason.Quality, CaseSide.Customer, Plan.Id, "text_1"), (open.Reason, open.Party.Side, open.CallBack, open.Text!.Id));
    }
}
