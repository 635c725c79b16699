using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Escalations;

namespace Dispatch.Domain.Tests.ServiceDesk;

public class EscalationTests
{
    private const string Asker = "tech_1", Li = "user_li", Wang = "user_wang";
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly EscalationId Id = new("escalation_1");
    private static readonly DeskText Text = new("text_1", "mark");
    private static readonly OpenEscalation Open = new(Id, new TenantId("main"), new JobId("job_1"), null, Asker, Text);

    private static readonly Dictionary<string, EscalationCommand> Commands = new()
    {
        ["open"] = Open,
        ["take"] = new TakeEscalation(Li),
        ["takeToo"] = new TakeEscalation(Wang),
        ["return"] = new ReturnEscalation(Li),
        ["answer"] = new AnswerEscalation(Li, Text),
        ["answerToo"] = new AnswerEscalation(Wang, Text),
        ["giveBack"] = new GiveBackEscalation(Li, Text),
        ["withdraw"] = new WithdrawEscalation(Asker),
        ["withdrawToo"] = new WithdrawEscalation(Wang),
    };

    private static readonly DeskTable Table = new("""
        state     open    take                    takeToo                  return                  answer                  answerToo                giveBack                withdraw                withdrawToo
        none      waiting escalation.unknown      escalation.unknown       escalation.unknown      escalation.unknown      escalation.unknown       escalation.unknown      escalation.unknown      escalation.unknown
        waiting   =       taken                   taken                    escalation.not_taken    escalation.not_taken    escalation.not_taken     escalation.not_taken    withdrawn               escalation.not_the_asker
        taken     =       =                       escalation.already_taken waiting                 answered                escalation.already_taken givenBack               withdrawn               escalation.not_the_asker
        answered  =       escalation.ended_before escalation.ended_before  escalation.ended_before escalation.ended_before escalation.ended_before  escalation.ended_before escalation.ended_before escalation.ended_before
        givenBack =       escalation.ended_before escalation.ended_before  escalation.ended_before escalation.ended_before escalation.ended_before  escalation.ended_before escalation.ended_before escalation.ended_before
        withdrawn =       escalation.ended_before escalation.ended_before  escalation.ended_before escalation.ended_before escalation.ended_before  escalation.ended_before =                       =
        """);

    private static readonly Dictionary<string, EscalationState?> States = new()
    {
        ["none"] = null,
        ["waiting"] = Then(Open),
        ["taken"] = Then(Open, Commands["take"]),
        ["answered"] = Then(Open, Commands["take"], Commands["answer"]),
        ["givenBack"] = Then(Open, Commands["take"], Commands["giveBack"]),
        ["withdrawn"] = Then(Open, Commands["withdraw"]),
    };

    private static EscalationState Then(params EscalationCommand[] commands) => commands.Aggregate((EscalationState?)null, (state, command) =>
    {
        Decision<EscalationEvent> decision = EscalationDecider.Decide(state, Id, command, Noon);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, EscalationEvolution.Apply);
    })!;

    public static TheoryData<string, string, string> Cells() => Table.Cells();

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        Decision<EscalationEvent> decision = EscalationDecider.Decide(States[state], Id, Commands[command], Noon);
        DeskTable.Holds(expected, decision.Refusal, decision.Events.Length, () => decision.Events.Aggregate(States[state], EscalationEvolution.Apply)!.Status.ToString());
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        Assert.Equal(States.Keys, Table.States);
        Assert.Equal(Commands.Keys, Table.Commands);
        Assert.Equal(typeof(EscalationCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(EscalationCommand))).Select(t => t.Name).Order(), Commands.Values.Select(c => c.GetType().Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<EscalationStatus>(), States.Values.OfType<EscalationState>().Select(s => s.Status).Distinct().Order());
    }

    [Fact]
    public void AQuestion_IsAboutAJobOrAContact() =>
        Assert.Equal("escalation.about_nothing", EscalationDecider.Decide(null, Id, Open with { Job = null }, Noon).Refusal!.Code);
}
