using Dispatch.Tests.Shared;

namespace Engine.Conformance;

public sealed class LifeTests(EngineFixture engine) : LifeRules(engine)
{
    protected override EngineFixture NewEngine() => new EngineFixture();
}

public sealed class SqliteLifeTests(SqliteEngine engine) : LifeRules(engine), IClassFixture<SqliteEngine>
{
    protected override EngineFixture NewEngine() => new SqliteEngine();
}

public sealed class PostgresLifeTests(PostgresEngine engine, PostgresServer server) : LifeRules(engine), IClassFixture<PostgresEngine>
{
    protected override EngineFixture NewEngine() => new PostgresEngine(server);
}

/// <summary>How activations begin and end, and what becomes of the calls around it.</summary>
public abstract class LifeRules(EngineFixture engine)
{
    protected abstract EngineFixture NewEngine();

    private readonly string _key = Phase.Fresh("life"), _phase = Phase.Fresh("phase");

    private ILifeGrain Grain => engine.Grains.GetGrain<ILifeGrain>(_key);

    [Fact]
    public async Task StateIsRead_ThenActivation_ThenTheFirstCall()
    {
        await engine.Store.WriteBehind("life", Grain.GetGrainId(), new LifeRecord { Value = 1 });
        await Grain.Note("call");
        Assert.Equal(["activated with record True", "call"], Journal.Of(_key));
    }

    [Fact]
    public async Task DeactivateOnIdle_EndsAfterTheCall_AndTheNextFindsAFreshActivation()
    {
        var first = await Grain.ActivationId();
        await Grain.End();
        var second = await Phase.EndAsync(Grain.Note("next"), "the next call");
        Assert.NotEqual(first, second);
        Assert.Equal(
            ["activated with record False", "deactivating: ApplicationRequested", "deactivated", "disposed", "activated with record False", "next"],
            Journal.Of(_key));
    }

    [Fact]
    public async Task WaitingCalls_MoveToTheNextActivation_OnceTheRunningOneHasEnded()
    {
        var first = await Grain.ActivationId();
        var held = Grain.EndAndHold(_phase);
        await Phase.Named(_phase).ReachedAsync();
        var waiting = Grain.Note("waiting");
        Phase.Named(_phase).Open();
        await Phase.EndAsync(held, "the held call");
        Assert.NotEqual(first, await Phase.EndAsync(waiting, "the waiting call"));
        Assert.Equal(
            ["activated with record False", "held call ends", "deactivating: ApplicationRequested", "deactivated", "disposed", "activated with record False", "waiting"],
            Journal.Of(_key));
    }

    [Fact]
    public async Task FailedActivation_FailsTheWaitingCall_AndIsTriedAgainByTheNext()
    {
        var grain = engine.Grains.GetGrain<IFragileGrain>(_key);
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Phase.EndAsync(grain.Ask(), "the failing call"));
        Assert.Equal("cannot start", failure.Message);
        Journal.Add(_key, "repaired");
        await Phase.UntilAsync(async () => await AsksAsync(grain) == 42, "the repaired grain answers");
    }

    [Fact]
    public async Task Grain_KnowsItsKeyAndId()
    {
        Assert.Equal($"{_key} life/{_key} life/{_key}", await Grain.KeyAndId());
        Assert.Equal(_key, Grain.GetPrimaryKeyString());
        Assert.Equal($"life/{_key}", Grain.GetGrainId().ToString());
    }

    [Fact]
    public async Task References_AreEqualByGrain()
    {
        Assert.Equal(Grain, engine.Grains.GetGrain<ILifeGrain>(_key));
        Assert.NotEqual(Grain, engine.Grains.GetGrain<ILifeGrain>(_key + "x"));
        Assert.True(await Grain.OwnReferenceEquals(Grain));
        Assert.Equal(Grain, await Grain.Self());
        Assert.Equal(Grain.GetHashCode(), (await Grain.Self()).GetHashCode());
    }

    [Fact]
    public async Task GrainThatPassesItself_IsSeenAsAReference()
    {
        Assert.Equal($"{_key} False", await Grain.PassItself(Phase.Fresh("other")));
        Assert.Equal(Grain, await Grain.Bare());
    }

    [Fact]
    public async Task StoppingTheHost_DeactivatesItsGrains()
    {
        var own = NewEngine();
        await own.InitializeAsync();
        await own.Grains.GetGrain<ILifeGrain>(_key).Note("call");
        await own.DisposeAsync();
        Assert.Equal(["activated with record False", "call", "deactivating: ShuttingDown", "deactivated", "disposed"], Journal.Of(_key));
    }

    private static async Task<int?> AsksAsync(IFragileGrain grain)
    {
        try
        {
            return await grain.Ask();
        }
        catch (BrokenException)
        {
            return null;
        }
    }
}
