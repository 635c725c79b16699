namespace Engine.Conformance;

public sealed class FiltersOnOrleans(OrleansEngine engine) : FilterRules(engine);

public sealed class FiltersSimulated() : FilterRules(new SimulatedEngine());

/// <summary>Incoming filters: the seeded bugs of the simulation change calls with them.</summary>
public abstract class FilterRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("flow"), _other = Phase.Fresh("flow");

    private IFilteredGrain Filtered => engine.Grains.GetGrain<IFilteredGrain>(_key);

    [Fact]
    public Task IncomingFilters_RunInTheOrderRegistered() => engine.Run(async () =>
        Assert.Equal($"first(second(grain(first(x)))) of FilteredGrain {_key} from a client", await Filtered.Echo("x")));

    [Fact]
    public Task FilterOfACallBetweenGrains_KnowsTheCaller() => engine.Run(async () =>
        Assert.Equal($"first(second(grain(first(x)))) of FilteredGrain {_other} from {_key}", await Filtered.EchoThrough(_other, "x")));

    [Fact]
    public Task Filter_MayAnswerInPlaceOfTheGrain() => engine.Run(async () =>
        Assert.Equal("answered by a filter", await Filtered.Echo("answer")));

    [Fact]
    public Task Filter_MayRefuse() => engine.Run(async () =>
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Filtered.Echo("refuse"));
        Assert.Equal("refused by a filter", failure.Message);
    });
}
