using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Cases;

namespace Dispatch.Domain.Tests.ServiceDesk;

public class CaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly CaseRule Rule = DeskRules.Standard.At(Noon).Complaints;
    private static readonly CaseId Id = new("case_1");
    private static readonly DeskText Text = new("text_1", "mark");
    private static readonly CaseParty Li = CaseParty.Desk("user_li"), Wang = CaseParty.Desk("user_wang"), Customer = CaseParty.Customer;
    private static readonly OpenCase Open = new(Id, new TenantId("main"), new JobId("job_1"), null, null, CaseReason.Quality, CaseRemedy.Refund, Customer, Text);

    private static readonly CallBackId Call = new("callback_1");

    private static readonly Dictionary<string, Func<CaseState?, CaseCommand>> Commands = new()
    {
        ["open"] = _ => Open,
        ["openByRating"] = _ => Open with { CallBack = Call },
        ["take"] = _ => new TakeCase(Li, Li.By, null),
        ["handOver"] = _ => new TakeCase(Wang, Wang.By, Noon.AddDays(3)),
        ["takeByCustomer"] = _ => new TakeCase(Customer, "customer", null),
        ["note"] = _ => new NoteInCase(Wang, Text),
        ["noteByCustomer"] = _ => new NoteInCase(Customer, Text),
        ["state"] = _ => new StateInCase(Customer, Text),
        ["stateByDesk"] = _ => new StateInCase(Wang, Text),
        ["propose"] = _ => new ProposeRemedy(Li, CaseRemedy.Refund, 12_000, Text),
        ["proposeByOther"] = _ => new ProposeRemedy(Wang, CaseRemedy.RepairAgain, null, Text),
        ["accept"] = s => new AnswerProposal(Customer, s?.Proposals.Length ?? 1, true, null),
        ["acceptByOther"] = s => new AnswerProposal(Wang, s?.Proposals.Length ?? 1, true, null),
        ["refuse"] = s => new AnswerProposal(Customer, s?.Proposals.Length ?? 1, false, Text),
        ["refuseByPhone"] = s => new AnswerProposal(Li, s?.Proposals.Length ?? 1, false, Text),
        ["answerOld"] = s => new AnswerProposal(Customer, (s?.Proposals.Length ?? 0) + 1, true, null),
        ["refer"] = _ => new ReferCase(Li, Text),
        ["settle"] = _ => new SettleCase(Li, new CaseSettlement(null, "pay-1"), null),
        ["close"] = _ => new CloseCase(Li, CaseEnding.Unfounded, Text),
        ["closeByOther"] = _ => new CloseCase(Wang, CaseEnding.Duplicate, Text),
        ["withdraw"] = _ => new WithdrawCase(Customer, null),
    };

    private static readonly Dictionary<string, CaseState?> States = new()
    {
        ["none"] = null,
        ["open"] = Then("open"),
        ["investigating"] = Then("open", "take"),
        ["proposed"] = Then("open", "take", "propose"),
        ["accepted"] = Then("open", "take", "propose", "accept"),
        ["disputed"] = Then("open", "take", "propose", "refuse"),
        ["proposedAgain"] = Then("open", "take", "propose", "refuse", "propose"),
        ["usedUp"] = Then("open", "take", "propose", "refuse", "propose", "refuse"),
        ["mediation"] = Then("open", "take", "propose", "refuse", "refer"),
        ["settled"] = Then("open", "take", "propose", "accept", "settle"),
        ["closed"] = Then("open", "take", "close"),
    };

    private static readonly DeskTable Table = new("""
        state         open              openByRating      take              handOver          takeByCustomer    note              noteByCustomer    state             stateByDesk       propose                 proposeByOther    accept            acceptByOther     refuse            refuseByPhone     answerOld              refer             settle            close             closeByOther      withdraw
        none          open              open              case.unknown      case.unknown      case.unknown      case.unknown      case.unknown      case.unknown      case.unknown      case.unknown            case.unknown      case.unknown      case.unknown      case.unknown      case.unknown      case.unknown           case.unknown      case.unknown      case.unknown      case.unknown      case.unknown
        open          case.already_open open              investigating     investigating     case.not_yours    open              case.not_yours    open              open              case.wrong_status       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status case.wrong_status closed            closed            closed
        investigating case.already_open investigating     =                 investigating     case.not_yours    investigating     case.not_yours    investigating     investigating     proposed                case.not_yours    case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status case.wrong_status closed            case.not_yours    closed
        proposed      case.already_open proposed          =                 proposed          case.not_yours    proposed          case.not_yours    proposed          proposed          case.wrong_status       case.wrong_status accepted          case.not_yours    disputed          disputed          case.proposal_outdated case.wrong_status case.wrong_status case.wrong_status case.wrong_status closed
        accepted      case.already_open accepted          =                 accepted          case.not_yours    accepted          case.not_yours    accepted          accepted          case.wrong_status       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status settled           case.wrong_status case.wrong_status case.wrong_status
        disputed      case.already_open disputed          =                 disputed          case.not_yours    disputed          case.not_yours    disputed          disputed          proposed                case.not_yours    case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      mediation         case.wrong_status closed            case.not_yours    closed
        proposedAgain case.already_open proposed          =                 proposed          case.not_yours    proposed          case.not_yours    proposed          proposed          case.wrong_status       case.wrong_status accepted          case.not_yours    disputed          disputed          case.proposal_outdated case.wrong_status case.wrong_status case.wrong_status case.wrong_status closed
        usedUp        case.already_open disputed          =                 disputed          case.not_yours    disputed          case.not_yours    disputed          disputed          case.proposals_used_up  case.not_yours    case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      mediation         case.wrong_status closed            case.not_yours    closed
        mediation     case.already_open mediation         =                 mediation         case.not_yours    mediation         case.not_yours    mediation         mediation         case.wrong_status       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status settled           closed            case.not_yours    closed
        settled       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status
        closed        case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status       case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status      case.wrong_status case.wrong_status case.wrong_status case.wrong_status case.wrong_status
        """);

    private static Decision<CaseEvent> Decide(CaseState? state, CaseCommand command) => CaseDecider.Decide(state, Id, command, Noon, Rule);

    private static CaseState Then(params string[] commands) => commands.Aggregate((CaseState?)null, (state, name) =>
    {
        Decision<CaseEvent> decision = Decide(state, Commands[name](state));
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, CaseEvolution.Apply);
    })!;

    public static TheoryData<string, string, string> Cells() => Table.Cells();

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        Decision<CaseEvent> decision = Decide(States[state], Commands[command](States[state]));
        DeskTable.Holds(expected, decision.Refusal, decision.Events.Length, () => decision.Events.Aggregate(States[state], CaseEvolution.Apply)!.Status.ToString());
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        Assert.Equal(States.Keys, Table.States);
        Assert.Equal(Commands.Keys, Table.Commands);
        Assert.Equal(typeof(CaseCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseCommand))).Select(t => t.Name).Order(), Commands.Values.Select(c => c(null).GetType().Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<CaseStatus>(), States.Values.OfType<CaseState>().Select(s => s.Status).Distinct().Order());
    }

    [Fact]
    public void EveryStepThatLeadsSomewhere_IsRecordedWithWhoDidIt()
    {
        CaseState settled = States["settled"]!;
        Assert.Equal([CaseStep.Open, CaseStep.Take, CaseStep.Propose, CaseStep.Accept, CaseStep.Settle], settled.Entries.Select(e => e.Step));
        Assert.Equal(["customer", "user_li", "user_li", "customer", "user_li"], settled.Entries.Select(e => e.Party.By));
        Assert.Equal((true, Noon, "pay-1"), (settled.Proposals[0].Accepted, settled.EndedAt, settled.Settlement!.Reference));
        Assert.Equal((CaseEnding.Unfounded, Noon), (States["closed"]!.Ending, States["closed"]!.EndedAt));
    }

    [Fact]
    public void WhoeverTakesIt_HasItUntilTheRulesDay_OrTheDayTheyName()
    {
        Assert.Equal(("user_li", Noon.AddDays(Rule.DueDays)), (States["investigating"]!.Responsible, States["investigating"]!.DueAt));
        CaseState handed = Decide(States["disputed"], Commands["handOver"](null)).Events.Aggregate(States["disputed"], CaseEvolution.Apply)!;
        Assert.Equal(("user_wang", Noon.AddDays(3)), (handed.Responsible, handed.DueAt));
        Assert.Equal("case.not_yours", Decide(handed, Commands["propose"](handed)).Refusal!.Code);
        Assert.Equal("case.due_in_past", Decide(States["open"], new TakeCase(Li, Li.By, Noon)).Refusal!.Code);
    }

    [Theory]
    [InlineData("openByRating")]
    [InlineData("open", "openByRating")]
    [InlineData("open", "take", "openByRating")]
    [InlineData("openByRating", "take", "close")]
    [InlineData("open", "openByRating", "withdraw")]
    public void ARatingThatIsToldAgain_OpensNoSecondComplaint_WhereverItStands(params string[] commands)
    {
        CaseState told = Then(commands);
        Assert.Equal(Call, told.CallBack);
        Decision<CaseEvent> again = Decide(told, Commands["openByRating"](told));
        Assert.Equal((true, null), (again.Events.IsEmpty, again.Refusal));
    }

    [Fact]
    public void ARatingThatJoins_AddsItsWords_ToACaseOfAnyLength()
    {
        CaseState full = States["investigating"]! with { Entries = [.. Enumerable.Repeat(States["open"]!.Entries[0], CaseState.MostEntries)] };
        CaseState joined = Decide(full, Commands["openByRating"](full)).Events.Aggregate(full, CaseEvolution.Apply)!;
        Assert.Equal((CaseStatus.Investigating, CaseReason.Quality, Text, CaseState.MostEntries + 1), (joined.Status, joined.Reason, joined.Entries[^1].Text, joined.Entries.Length));
    }

    [Theory]
    [InlineData(CaseRemedy.Refund, null, true, "case.amount_belongs_to_refund")]
    [InlineData(CaseRemedy.Apology, 1L, true, "case.amount_belongs_to_refund")]
    [InlineData(CaseRemedy.Refund, 0L, true, "case.amount_out_of_range")]
    [InlineData(CaseRemedy.Refund, 5_000_001L, true, "case.amount_out_of_range")]
    [InlineData(CaseRemedy.Refund, 5_000_000L, false, null)]
    [InlineData(CaseRemedy.Refusal, null, false, "case.reason_missing")]
    [InlineData(CaseRemedy.Refusal, null, true, null)]
    [InlineData(CaseRemedy.Exchange, null, false, null)]
    public void AProposal_HasAnAmountWithARefundOnly_AndARefusalItsReason(CaseRemedy remedy, long? amount, bool words, string? code) =>
        Assert.Equal(code, Decide(States["investigating"], new ProposeRemedy(Li, remedy, amount, words ? Text : null)).Refusal?.Code);

    [Fact]
    public void ACase_HasALongestLength()
    {
        CaseState full = States["investigating"]! with { Entries = [.. Enumerable.Repeat(States["open"]!.Entries[0], CaseState.MostEntries)] };
        Assert.Equal("case.too_long", Decide(full, Commands["note"](full)).Refusal!.Code);
    }

    /// <summary>Whatever is asked in whatever order: what has ended stays, never more proposals than allowed, and what anybody is told they can do is not refused for its state or its side.</summary>
    [Fact]
    public void AnyOrderOfCommands_EndsOnce_AndWhatIsOpenToSomebodyIsNotRefusedThem()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            CaseState state = States["open"]!;
            for (int step = 0; step < 30; step++)
            {
                (string name, Func<CaseState?, CaseCommand> make) = Commands.ElementAt(random.Next(Commands.Count));
                CaseState before = state;
                Decision<CaseEvent> decision = Decide(state, make(state));
                state = decision.Events.Aggregate(state, CaseEvolution.Apply)!;
                if (before.IsEnded)
                    Assert.Same(before, state);
                Assert.True(state.Proposals.Length <= Rule.MostProposals, $"seed {seed}: {name}");
                Assert.Equal(state.IsEnded, state.EndedAt is not null);
                Assert.Equal(state.Entries.Length, before.Entries.Length + decision.Events.Length);
                foreach (CaseStep open in CaseSteps.OpenTo(state, Customer))
                    Assert.True(CaseSteps.Find(open, state.Status) is { } row && CaseSteps.May(row, state, Customer));
            }
        }
    }
}
