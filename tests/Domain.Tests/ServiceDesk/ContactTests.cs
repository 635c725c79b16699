using System.Collections.Immutable;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.Tests.ServiceDesk;

public class ContactTests
{
    private const string Li = "user_li", Wang = "user_wang";
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeskBook Book = DeskRules.Standard.At(Noon);
    private static readonly ContactId Id = new("contact_1");
    private static readonly DeskText Text = new("text_1", "mark");
    private static readonly OpenContact Open = new(Id, new TenantId("main"), ContactKind.Consultation, ContactChannel.Web, new ContactTopic("screen", null, null, null, null), Text);

    private static readonly Dictionary<string, ContactCommand> Commands = new()
    {
        ["open"] = Open,
        ["claim"] = new ClaimContact(Li),
        ["claimToo"] = new ClaimContact(Wang),
        ["customer"] = new SayInContact(ContactVoice.Customer, ContactDecider.Customer, Text),
        ["say"] = new SayInContact(ContactVoice.Agent, Li, Text),
        ["noteToo"] = new SayInContact(ContactVoice.Note, Wang, Text),
        ["return"] = new ReturnContact(Li),
        ["help"] = new EndContact(Li, ContactOutcome.HelpedRemotely, null),
        ["file"] = new EndContact(Li, ContactOutcome.JobFiled, new JobId("job_1")),
        ["fileNone"] = new EndContact(Li, ContactOutcome.JobFiled, null),
        ["hungUp"] = new EndContact(Wang, ContactOutcome.GaveUp, null),
        ["leave"] = new LeaveContact(),
    };

    private static readonly DeskTable Table = new("""
        state    open            claim                claimToo                customer             say                  noteToo                 return               help                 file                 fileNone             hungUp                  leave
        none     waiting         contact.unknown      contact.unknown         contact.unknown      contact.unknown      contact.unknown         contact.unknown      contact.unknown      contact.unknown      contact.unknown      contact.unknown         contact.unknown
        waiting  =               talking              talking                 waiting              contact.not_claimed  contact.not_claimed     contact.not_claimed  contact.not_claimed  contact.not_claimed  contact.not_claimed  ended                   ended
        talking  =               =                    contact.already_claimed talking              talking              contact.already_claimed waiting              ended                ended                contact.job_missing  contact.already_claimed ended
        returned =               talking              talking                 waiting              contact.not_claimed  contact.not_claimed     contact.not_claimed  contact.not_claimed  contact.not_claimed  contact.not_claimed  ended                   ended
        ended    =               contact.ended_before contact.ended_before    contact.ended_before contact.ended_before contact.ended_before    contact.ended_before =                    contact.ended_before contact.ended_before contact.ended_before    =
        """);

    private static readonly Dictionary<string, ContactState?> States = new()
    {
        ["none"] = null,
        ["waiting"] = Then(null, Open),
        ["talking"] = Then(null, Open, Commands["claim"]),
        ["returned"] = Then(null, Open, Commands["claim"], Commands["return"]),
        ["ended"] = Then(null, Open, Commands["claim"], Commands["help"]),
    };

    private static ContactState Then(ContactState? state, params ContactCommand[] commands) => Later(state, commands, TimeSpan.Zero);

    private static ContactState Later(ContactState? state, ContactCommand[] commands, TimeSpan wait)
    {
        foreach (ContactCommand command in commands)
        {
            Decision<ContactEvent> decision = ContactDecider.Decide(state, Id, command, Noon + wait, Book);
            Assert.Null(decision.Refusal);
            state = decision.Events.Aggregate(state, ContactEvolution.Apply);
        }
        return state!;
    }

    public static TheoryData<string, string, string> Cells() => Table.Cells();

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        Decision<ContactEvent> decision = ContactDecider.Decide(States[state], Id, Commands[command], Noon, Book);
        DeskTable.Holds(expected, decision.Refusal, decision.Events.Length, () => decision.Events.Aggregate(States[state], ContactEvolution.Apply)!.Status.ToString());
    }

    [Fact]
    public void TheTable_HasEveryStateAndEveryCommand()
    {
        Assert.Equal(States.Keys, Table.States);
        Assert.Equal(Commands.Keys, Table.Commands);
        Assert.Equal(typeof(ContactCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ContactCommand))).Select(t => t.Name).Order(), Commands.Values.Select(c => c.GetType().Name).Distinct().Order());
        Assert.Equal(Enum.GetValues<ContactStatus>(), States.Values.OfType<ContactState>().Select(s => s.Status).Distinct().Order());
    }

    [Fact]
    public void ThePromise_IsFiveMinutesForAConsultation_AndThirtySecondsOnTheHotline()
    {
        Assert.Equal(Noon.AddMinutes(5), States["waiting"]!.AnswerBy);
        Assert.Equal(Noon.AddSeconds(30), Then(null, Open with { Kind = ContactKind.Hotline }).AnswerBy);
    }

    [Fact]
    public void GivingItBack_DoesNotUndoTheAnswer()
    {
        ContactState answered = Later(States["waiting"], [Commands["claim"]], TimeSpan.FromMinutes(2));
        ContactState again = Later(answered, [Commands["return"], Commands["claimToo"]], TimeSpan.FromMinutes(9));
        Assert.Equal((Noon.AddMinutes(2), Wang), (again.AnsweredAt, again.Agent));
    }

    [Fact]
    public void AConversation_HasALongestLength()
    {
        ContactState full = States["talking"]! with { Words = [.. Enumerable.Repeat(new ContactWord(ContactVoice.Customer, "customer", Noon, Text), ContactState.MostWords)] };
        Assert.Equal("contact.too_long", ContactDecider.Decide(full, Id, Commands["customer"], Noon, Book).Refusal!.Code);
        Assert.Null(ContactDecider.Decide(full, Id, Commands["help"], Noon, Book).Refusal);
    }

    /// <summary>Whatever agents and customers do in whatever order: never two agents at once, what has ended stays, the first answer stays the first.</summary>
    [Fact]
    public void AnyOrderOfCommands_KeepsOneAgentAndTheFirstAnswer()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            ContactState state = States["waiting"]!;
            for (int step = 0; step < 40; step++)
            {
                string agent = random.Next(2) == 0 ? Li : Wang;
                ContactCommand[] possible =
                [
                    new ClaimContact(agent), new ClaimContact(agent), new SayInContact(ContactVoice.Agent, agent, Text), new SayInContact(ContactVoice.Customer, ContactDecider.Customer, Text),
                    new ReturnContact(agent), new EndContact(agent, ContactOutcome.PassedOn, null), new EndContact(agent, ContactOutcome.GaveUp, null),
                ];
                ContactState before = state;
                Decision<ContactEvent> decision = ContactDecider.Decide(state, Id, possible[random.Next(step < 30 ? 5 : possible.Length)], Noon.AddSeconds(step), Book);
                state = decision.Events.Aggregate(state, ContactEvolution.Apply)!;
                Assert.True(decision.Refusal is null || decision.Events.IsEmpty);
                Assert.Equal(state.Status == ContactStatus.Talking, state.Status != ContactStatus.Ended && state.Agent is not null);
                if (before.Status == ContactStatus.Talking && state.Status == ContactStatus.Talking)
                    Assert.Equal(before.Agent, state.Agent);
                if (before.AnsweredAt is { } first)
                    Assert.Equal(first, state.AnsweredAt);
                if (before.Status == ContactStatus.Ended)
                    Assert.Same(before, state);
            }
        }
    }
}

public class AnswerFigureTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero), Now = Midnight.AddHours(12);
    private static readonly DeskBook Book = DeskRules.Standard.At(Now);

    private static ContactState One(ContactKind kind, ContactChannel channel, double openedHoursAgo, double? answeredAfterSeconds, bool gaveUp = false)
    {
        DateTimeOffset opened = Now.AddHours(-openedHoursAgo);
        DateTimeOffset? answered = answeredAfterSeconds is { } s ? opened.AddSeconds(s) : null;
        return new ContactState(
            new ContactId("contact_1"), new TenantId("main"), kind, channel, new ContactTopic(null, null, null, null, null), gaveUp ? ContactStatus.Ended : answered is null ? ContactStatus.Waiting : ContactStatus.Talking,
            opened, opened + Book.PromiseOf(kind).Within, answered, answered is null ? null : "user_li", [], gaveUp ? ContactOutcome.GaveUp : null, null, gaveUp ? opened.AddSeconds(20) : null);
    }

    [Fact]
    public void AveragesAndShares_AreOfToday_PerKindAndChannel()
    {
        ContactState[] contacts =
        [
            One(ContactKind.Hotline, ContactChannel.Hotline, 1, 10), One(ContactKind.Hotline, ContactChannel.Hotline, 2, 40), One(ContactKind.Hotline, ContactChannel.Hotline, 13, 900),
            One(ContactKind.Consultation, ContactChannel.Web, 1, 300), One(ContactKind.Consultation, ContactChannel.Messaging, 1, 301), One(ContactKind.Consultation, ContactChannel.Web, 0.05, null),
            One(ContactKind.Consultation, ContactChannel.Web, 1, null), One(ContactKind.Consultation, ContactChannel.Web, 1, null, gaveUp: true),
        ];
        ImmutableArray<AnswerFigure> figures = AnswerFigures.Of(contacts, Midnight, Now, Book);
        Assert.Equal(
            [(ContactKind.Consultation, null), (ContactKind.Consultation, ContactChannel.Web), (ContactKind.Consultation, ContactChannel.Messaging), (ContactKind.Hotline, null), (ContactKind.Hotline, ContactChannel.Hotline)],
            figures.Select(f => (f.Kind, f.Channel)));
        AnswerFigure hotline = figures[3];
        Assert.Equal((2, 1, 1, 25.0, true, 0.5), (hotline.Answered, hotline.Within, hotline.Missed, hotline.AverageSeconds, hotline.IsKept, hotline.Share));
        // Who left after 20 seconds was not kept waiting; who has waited an hour was.
        AnswerFigure web = figures[1];
        Assert.Equal((2, 1, 1, 1, 1, 1), (web.Waiting, web.Overdue, web.Answered, web.Within, web.Missed, web.GaveUp));
        Assert.Equal(Now.AddHours(-1).AddMinutes(5), web.NextDueAt);
        Assert.False(figures[2].IsKept);
        Assert.Equal((2, 300.5, 1.0 / 3), (figures[0].Answered, figures[0].AverageSeconds, figures[0].Share));
    }

    [Fact]
    public void ADayWithoutContacts_KeepsNoPromiseAndBreaksNone()
    {
        Assert.All(AnswerFigures.Of([], Midnight, Now, Book), f => Assert.Equal((null, null, null), (f.AverageSeconds, f.Share, f.IsKept)));
    }
}
