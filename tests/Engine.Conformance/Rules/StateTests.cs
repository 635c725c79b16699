namespace Engine.Conformance;

public sealed class StateTests(EngineFixture engine) : StateRules(engine);

public sealed class SqliteStateTests(SqliteEngine engine) : StateRules(engine), IClassFixture<SqliteEngine>;

public sealed class PostgresStateTests(PostgresEngine engine) : StateRules(engine), IClassFixture<PostgresEngine>;

/// <summary>Stored state: durable across activations, guarded by its version.</summary>
public abstract class StateRules(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("stored"), _other = Phase.Fresh("stored");

    private IStoredGrain Grain => engine.Grains.GetGrain<IStoredGrain>(_key);

    [Fact]
    public async Task WrittenState_IsThereAfterTheNextActivation()
    {
        Assert.False(await Grain.Exists());
        Assert.Equal(3, await Grain.Add(3));
        Assert.True(await Grain.Exists());
        await Grain.End();
        Assert.Equal(3, await Grain.Value());
        Assert.True(await Grain.Exists());
    }

    [Fact]
    public async Task ClearedState_IsGone()
    {
        await Grain.Add(3);
        await Grain.Clear();
        Assert.False(await Grain.Exists());
        Assert.Equal(0, await Grain.Value());
        Assert.Equal(2, await Grain.Add(2));
    }

    [Fact]
    public async Task ChangedVersion_FailsTheWrite_AndEndsTheActivation()
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        await engine.Store.WriteBehind("total", Grain.GetGrainId(), new TotalRecord { Value = 10 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.Add(1));
        Assert.NotEqual(first, await Phase.EndAsync(Grain.ActivationId(), "a call after the conflict"));
        Assert.Equal(11, await Grain.Add(1));
    }

    [Fact]
    public async Task HiddenConflict_LeavesTheActivationAsItIs()
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        await engine.Store.WriteBehind("total", Grain.GetGrainId(), new TotalRecord { Value = 10 });
        Assert.Equal("InconsistentStateException/", await Grain.AddHidingFailure(1));
        Assert.Equal(first, await Grain.ActivationId());
        Assert.Equal(2, await Grain.Value());
    }

    [Fact]
    public async Task ConflictOfACallee_DoesNotEndItsCaller()
    {
        var other = engine.Grains.GetGrain<IStoredGrain>(_other);
        await other.Add(1);
        var caller = await Grain.ActivationId();
        var callee = await other.ActivationId();
        await engine.Store.WriteBehind("total", other.GetGrainId(), new TotalRecord { Value = 10 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.AddThrough(_other, 1));
        Assert.Equal(caller, await Grain.ActivationId());
        Assert.NotEqual(callee, await Phase.EndAsync(other.ActivationId(), "a call of the callee"));
    }

    [Fact]
    public async Task OtherFailedWrite_IsWrapped_AndLeavesTheChangeInMemory()
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        engine.Store.FailNextWrite[_key] = true;
        Assert.Equal("OrleansException/IOException", await Grain.AddHidingFailure(5));
        Assert.Equal(first, await Grain.ActivationId());
        Assert.Equal(6, await Grain.Value());
        await Grain.End();
        Assert.Equal(1, await Grain.Value());
    }

    [Fact]
    public async Task TwoWritesAtOnce_AreDoneOneAfterTheOther()
    {
        await Grain.AddTwiceAtOnce();
        await Grain.End();
        Assert.Equal(2, await Grain.Value());
    }
}
