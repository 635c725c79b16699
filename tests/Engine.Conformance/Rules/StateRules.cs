namespace Engine.Conformance;

public sealed class StateOnOrleans(OrleansEngine engine) : StateRules(engine);

public sealed class StateOnOrleansAndSqlite(SqliteEngine engine) : StateRules(engine), IClassFixture<SqliteEngine>;

public sealed class StateOnOrleansAndPostgres(PostgresEngine engine) : StateRules(engine), IClassFixture<PostgresEngine>;

public sealed class StateSimulated() : StateRules(new SimulatedEngine());

/// <summary>Stored state: durable across activations, guarded by its version.</summary>
public abstract class StateRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("stored"), _other = Phase.Fresh("stored");

    private IStoredGrain Grain => engine.Grains.GetGrain<IStoredGrain>(_key);

    [Fact]
    public Task WrittenState_IsThereAfterTheNextActivation() => engine.Run(async () =>
    {
        Assert.False(await Grain.Exists());
        Assert.Equal(3, await Grain.Add(3));
        Assert.True(await Grain.Exists());
        await Grain.End();
        Assert.Equal(3, await Grain.Value());
        Assert.True(await Grain.Exists());
    });

    [Fact]
    public Task ClearedState_IsGone() => engine.Run(async () =>
    {
        await Grain.Add(3);
        await Grain.Clear();
        Assert.False(await Grain.Exists());
        Assert.Equal(0, await Grain.Value());
        Assert.Equal(2, await Grain.Add(2));
    });

    [Fact]
    public Task ChangedVersion_FailsTheWrite_AndEndsTheActivation() => engine.Run(async () =>
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        await engine.Store.WriteBehind("total", Grain.GetGrainId(), new TotalRecord { Value = 10 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.Add(1));
        Assert.NotEqual(first, await Grain.ActivationId());
        Assert.Equal(11, await Grain.Add(1));
    });

    [Fact]
    public Task HiddenConflict_LeavesTheActivationAsItIs() => engine.Run(async () =>
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        await engine.Store.WriteBehind("total", Grain.GetGrainId(), new TotalRecord { Value = 10 });
        Assert.Equal("InconsistentStateException/", await Grain.AddHidingFailure(1));
        Assert.Equal(first, await Grain.ActivationId());
        Assert.Equal(2, await Grain.Value());
    });

    [Fact]
    public Task ConflictOfACallee_DoesNotEndItsCaller() => engine.Run(async () =>
    {
        var other = engine.Grains.GetGrain<IStoredGrain>(_other);
        await other.Add(1);
        var caller = await Grain.ActivationId();
        var callee = await other.ActivationId();
        await engine.Store.WriteBehind("total", other.GetGrainId(), new TotalRecord { Value = 10 });
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.AddThrough(_other, 1));
        Assert.Equal(caller, await Grain.ActivationId());
        Assert.NotEqual(callee, await other.ActivationId());
    });

    [Fact]
    public Task OtherFailedWrite_IsWrapped_AndLeavesTheChangeInMemory() => engine.Run(async () =>
    {
        await Grain.Add(1);
        var first = await Grain.ActivationId();
        engine.Store.FailNextWrite[_key] = true;
        Assert.Equal("OrleansException/IOException", await Grain.AddHidingFailure(5));
        Assert.Equal(first, await Grain.ActivationId());
        Assert.Equal(6, await Grain.Value());
        await Grain.End();
        Assert.Equal(1, await Grain.Value());
    });

    [Fact]
    public Task TwoWritesAtOnce_AreDoneOneAfterTheOther() => engine.Run(async () =>
    {
        await Grain.AddTwiceAtOnce();
        await Grain.End();
        Assert.Equal(2, await Grain.Value());
    });
}
