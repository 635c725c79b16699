using Dispatch.Tests.Shared;

namespace Engine.Conformance;

public sealed class RemindersInMemory(OrleansEngine engine) : ReminderRules(engine)
{
    protected override OrleansEngine NewEngine() => new();
}

public sealed class RemindersOnSqlite(SqliteEngine engine) : ReminderRules(engine), IClassFixture<SqliteEngine>
{
    protected override OrleansEngine NewEngine() => new SqliteEngine();
}

public sealed class RemindersOnPostgres(PostgresEngine engine, PostgresServer server) : ReminderRules(engine), IClassFixture<PostgresEngine>
{
    protected override OrleansEngine NewEngine() => new PostgresEngine(server);
}

/// <summary>
/// Reminders wake a grain, also after the host was restarted. On Orleans only, for the sake of the stores: no grain of the product has
/// reminders.
/// </summary>
public abstract class ReminderRules(OrleansEngine engine)
{
    protected abstract OrleansEngine NewEngine();

    private readonly string _key = Phase.Fresh("reminder");

    private IReminderGrain Grain => engine.Grains.GetGrain<IReminderGrain>(_key);

    [Fact]
    public async Task Reminder_Ticks_UntilItIsUnregistered()
    {
        Assert.False(await Grain.IsRegistered());
        await Grain.Register(TimeSpan.FromMilliseconds(300));
        Assert.True(await Grain.IsRegistered());
        await engine.HasLine(_key, "wake every 300");
        await Grain.Unregister();
        Assert.False(await Grain.IsRegistered());
        Assert.Empty((await engine.ReminderTable.ReadRows(Grain.GetGrainId())).Reminders);
    }

    [Fact]
    public async Task TooShortAPeriod_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.Register(TimeSpan.FromMilliseconds(50)));

    [Fact]
    public async Task Reminder_SurvivesARestart()
    {
        var own = NewEngine();
        await own.InitializeAsync();
        await own.Grains.GetGrain<IReminderGrain>(_key).Register(TimeSpan.FromMilliseconds(500));
        await own.HasLine(_key, "wake every 500");
        await own.RestartAsync();
        var before = Journal.Of(_key).Length;
        await own.Until(() => Journal.Of(_key).Length > before, "a tick after the restart");
        Assert.True(await own.Grains.GetGrain<IReminderGrain>(_key).IsRegistered());
        await own.DisposeAsync();
    }
}
