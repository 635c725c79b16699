namespace Engine.Conformance;

/// <summary>What travels with a call: filters, the request context, and nothing else.</summary>
public sealed class FlowTests(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("flow"), _other = Phase.Fresh("flow");

    private IFilteredGrain Filtered => engine.Grains.GetGrain<IFilteredGrain>(_key);

    private IContextGrain Context => engine.Grains.GetGrain<IContextGrain>(_key);

    [Fact]
    public async Task IncomingFilters_RunInOrder_TheGrainsOwnLast() =>
        Assert.Equal($"first(second(own(grain(first(x))))) of FilteredGrain {_key} from a client", await Filtered.Echo("x"));

    [Fact]
    public async Task FilterOfACallBetweenGrains_KnowsTheCaller() =>
        Assert.Equal($"first(second(own(grain(first(x))))) of FilteredGrain {_other} from {_key}", await Filtered.EchoThrough(_other, "x"));

    [Fact]
    public async Task OutgoingFilter_ChangesTheArguments() =>
        Assert.Contains("grain(first(out(x)))", await Filtered.EchoThrough(_other, "out:x"));

    [Fact]
    public async Task Filter_MayAnswerInPlaceOfTheGrain() => Assert.Equal("answered by a filter", await Filtered.Echo("answer"));

    [Fact]
    public async Task Filter_MayRefuse()
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Filtered.Echo("refuse"));
        Assert.Equal("refused by a filter", failure.Message);
    }

    [Fact]
    public async Task RequestContext_FlowsToTheCalleeAndOn()
    {
        RequestContext.Set("trace", "t1");
        Assert.Equal("t1", await Context.Get("trace"));
        Assert.Equal("t1", await Context.GetThrough(_other, "trace"));
        RequestContext.Clear();
        Assert.Null(await Context.Get("trace"));
    }

    [Fact]
    public async Task RequestContextSetByTheCallee_IsSeenNeitherByTheCallerNorByTheNextCall()
    {
        await Context.Set("mood", "good");
        Assert.Null(RequestContext.Get("mood"));
        Assert.Null(await Context.Get("mood"));
    }

    [Fact]
    public async Task OtherAmbientValues_DoNotCrossACall()
    {
        ContextGrain.Local.Value = "mine";
        Assert.Null(await Context.Ambient());
    }

    [Fact]
    public async Task StatelessWorker_WorksAtSeveralCallsAtOnce_UpToItsLimit()
    {
        var phase = Phase.Fresh("work");
        var worker = engine.Grains.GetGrain<IWorkerGrain>(_key);
        var works = Enumerable.Range(0, 5).Select(_ => worker.Work(phase)).ToList();
        for (var i = 0; i < 3; i++)
            await Phase.Named(phase).ReachedAsync();
        Assert.False(Phase.Named(phase).TryReached());
        Phase.Named(phase).Open();
        var ids = await Phase.EndAsync(Task.WhenAll(works), "all work");
        Assert.Equal(3, ids.Distinct().Count());
    }
}
