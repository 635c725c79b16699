namespace Engine.Conformance;

/// <summary>A failure of a type of its own, with data.</summary>
[GenerateSerializer, Alias("conformance.broken")]
public sealed class BrokenException : Exception
{
    public BrokenException() { }
    public BrokenException(string message) : base(message) { }
    public BrokenException(string message, Exception inner) : base(message, inner) { }
}

public sealed class ChainGrain : Grain, IChainGrain
{
    public Task CallAround(string other) => GrainFactory.GetGrain<IChainGrain>(other).CallBack(this.GetPrimaryKeyString());

    public Task CallBack(string first) => GrainFactory.GetGrain<IChainGrain>(first).Answer();

    public Task<string> Answer() => Task.FromResult("here");

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new BrokenException(message);
    }

    public Task ThrowAtOnce(string message) => throw new BrokenException(message);

    public async Task ThrowThrough(string other, string message) => await GrainFactory.GetGrain<IChainGrain>(other).Throw(message);

    public async Task Cancelled()
    {
        await Task.Yield();
        throw new OperationCanceledException("no longer");
    }

    public async Task Tell(string phase, bool fail)
    {
        await Phase.Named(phase).PassAsync();
        Journal.Add(this.GetPrimaryKeyString(), "told");
        if (fail)
            throw new BrokenException("unheard");
    }
}
