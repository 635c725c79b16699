using Dispatch.Api.Access;

namespace Dispatch.SystemTests.Api.Access;

/// <summary>The policy, spelled a second time: one row per act, one letter per role (Anonymous, Manager, Dispatcher, Technician, Point, Customer, Carrier).</summary>
public sealed class AccessPolicyTests
{
    /// <summary><c>+</c> always, <c>o</c> only over one's own, <c>-</c> never; in the order A M D T P C c.</summary>
    private static readonly Dictionary<Act, string> Truth = new()
    {
        [Act.SignIn] = "+++++++",
        [Act.ReadCatalogue] = "+++++++",
        [Act.RequestJob] = "+++++++",
        [Act.StateNeeds] = "-++-+--",
        [Act.ListJobs] = "-++o+--",
        [Act.ReadJob] = "-++o+--",
        [Act.FollowJob] = "-++o+o-",
        [Act.ReadJobHistory] = "-++-+--",
        [Act.ReadContact] = "-++o---",
        [Act.DirectJob] = "-++----",
        [Act.ChangePlan] = "-++----",
        [Act.AnswerOffer] = "---o---",
        [Act.ReportStep] = "---o---",
        [Act.ChangeJob] = "-++--o-",
        [Act.CorrectDevice] = "-++oo--",
        [Act.Track] = "+++++++",
        [Act.ChangeLink] = "-++----",
        [Act.RegisterTechnician] = "-++----",
        [Act.ListTechnicians] = "-++o+--",
        [Act.ReadTechnician] = "-++o+--",
        [Act.SetDuty] = "-++o---",
        [Act.ReportPosition] = "---o---",
        [Act.ReportDepotCall] = "---o---",
        [Act.DefinePoint] = "-+-----",
        [Act.ReadPoint] = "-++-+--",
        [Act.PrintLabel] = "-++-o--",
        [Act.ReportBenchStep] = "-++-o--",
        [Act.MoveParcels] = "-+----+",
        [Act.AddAccount] = "-+-----",
        [Act.DefineZone] = "-+-----",
        [Act.ReadZone] = "-++-+--",
        [Act.ReadMessages] = "-++----",
        [Act.ResendMessage] = "-++----",
        [Act.AskWhatIsOwed] = "+++++++",
        [Act.StateTerms] = "-++-+--",
        [Act.ReadDevice] = "-++++--",
        [Act.RegisterDevice] = "-++++--",
        [Act.RunExchange] = "-++++--",
        [Act.ReadExchanges] = "-++++--",
        [Act.GiveQuote] = "-++oo--",
        [Act.AnswerQuote] = "-++ooo-",
        [Act.ReadCosts] = "-++----",
        [Act.OpenContact] = "+++++++",
        [Act.StateChannel] = "-++-+--",
        [Act.ReadDesk] = "-++----",
        [Act.FollowContact] = "-++--o-",
        [Act.WorkDesk] = "-++----",
        [Act.AskExpert] = "-++o+--",
        [Act.ReadEscalation] = "-++o+--",
        [Act.AnswerExpert] = "-+-----",
        [Act.WatchPositions] = "-++o+o-",
    };

    private static readonly Role[] Order = [Role.Anonymous, Role.Manager, Role.Dispatcher, Role.Technician, Role.Point, Role.Customer, Role.Carrier];

    [Fact]
    public void EveryAct_HasARow() => Assert.Equal(Enum.GetValues<Act>().Order(), Truth.Keys.Order());

    [Fact]
    public void EveryRoleAndRelation_IsDecidedAsTheTableSays()
    {
        foreach ((Act act, string row) in Truth)
            for (int i = 0; i < Order.Length; i++)
                foreach (bool own in new[] { false, true })
                {
                    bool expected = row[i] == '+' || (row[i] == 'o' && own);
                    Assert.True(expected == AccessPolicy.Decide(Order[i], act, own) is null, $"{Order[i]} {act} own={own}: expected {(expected ? "allowed" : "refused")}");
                }
    }

    private static readonly Act[] Anybody = [Act.SignIn, Act.ReadCatalogue, Act.RequestJob, Act.Track, Act.AskWhatIsOwed, Act.OpenContact];

    /// <summary>What anybody may, and the exchanges of their own desk.</summary>
    [Fact]
    public void ASeller_SeesAndDoesExchanges_AndNothingElseOfTheHouse()
    {
        Act[] may = [.. Anybody, Act.RunExchange, Act.ReadExchanges];
        foreach (bool own in new[] { false, true })
            Assert.Equal(may.Order(), Enum.GetValues<Act>().Where(act => AccessPolicy.Decide(Role.Seller, act, own) is null).Order());
    }

    /// <summary>They see jobs and direct none.</summary>
    [Fact]
    public void AnAgent_WorksAtTheDesk_AndAnExpertAnswersIt()
    {
        Act[] both = [.. Anybody, Act.ListJobs, Act.ReadJob, Act.FollowJob, Act.ReadJobHistory, Act.ReadDevice, Act.ReadDesk, Act.FollowContact, Act.ReadEscalation];
        Assert.Equal(Sorted([.. both, Act.StateTerms, Act.ReadContact, Act.ChangeJob, Act.CorrectDevice, Act.ChangeLink, Act.ReadMessages, Act.StateChannel, Act.WorkDesk, Act.AskExpert]), Allowed(Role.Agent));
        Assert.Equal(Sorted([.. both, Act.AnswerExpert]), Allowed(Role.Expert));

        static IEnumerable<Act> Allowed(Role role) => Sorted(Enum.GetValues<Act>().Where(act => AccessPolicy.Decide(role, act, own: false) is null));
        static IEnumerable<Act> Sorted(IEnumerable<Act> acts) => acts.Order();
    }

    [Fact]
    public void Refusal_TellsWhetherSigningInWouldHelp()
    {
        Assert.Equal("auth.required", AccessPolicy.Decide(Role.Anonymous, Act.DirectJob, own: false)!.Problem.Code);
        Assert.Equal("auth.forbidden", AccessPolicy.Decide(Role.Technician, Act.DirectJob, own: true)!.Problem.Code);
    }
}
