using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests.LostReplies;

/// <summary>A caller that hears nothing sends the same command again: one effect, and the answer it would have had.</summary>
public sealed class LostReplyTests(PostgresServer server)
{
    private const int Commands = 10_000, OnPostgres = 3_000;

    [Fact]
    public async Task CommandsWhoseRepliesWereLost_HaveOneEffectAndOneAnswer()
    {
        await using SqliteSilo silo = new();
        Verify(await RetriedCommands.Run(silo, Commands, keepsKeys: true), Commands);
    }

    [Fact]
    public async Task OnPostgres_CommandsWhoseRepliesWereLost_HaveOneEffectAndOneAnswer()
    {
        await using PostgresSilo silo = new(server);
        await server.NewDatabase(); // skips where there is none
        Verify(await RetriedCommands.Run(silo, OnPostgres, keepsKeys: true), OnPostgres);
    }

    /// <summary>The counterpart: callers that take another key for each attempt are found out, so the check above can fail.</summary>
    [Fact]
    public async Task RetriesUnderOtherKeys_AreSeenToDoubleEffects()
    {
        await using SqliteSilo silo = new();
        RetryFigures figures = await RetriedCommands.Run(silo, 300, keepsKeys: false);
        Assert.True(figures.OtherAnswers > 100 && figures.WrongEffects > 10, figures.ToString());
    }

    private static void Verify(RetryFigures figures, int commands)
    {
        TestContext.Current.SendDiagnosticMessage(figures.ToString());
        Assert.True(figures.Faults == 0, figures.ToString());
        Assert.Equal(commands, figures.Lost);
        Assert.True(figures.NewActivations > commands / 5 && figures.Denied > commands / 100 && figures.Calls >= 3 * commands, figures.ToString());
    }
}
