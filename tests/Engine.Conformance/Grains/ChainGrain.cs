namespace Engine.Conformance;

/// <summary>A failure of a type of its own, with data.</summary>
[GenerateSerializer, Alias("conformance.broken")]
public sealed class BrokenException : Exception
{
    public BrokenException() { }
    public BrokenException(string message) : base(message) { }
    public BrokenException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>A value that can be changed, which the product's contracts do not allow: it shows whether a call copies.</summary>
[GenerateSerializer, Alias("conformance.box")]
public sealed class Box
{
    [Id(0)]
    public string Text { get; set; } = "";
}

public sealed class ChainGrain(IGrainContext context) : Grain(context), IChainGrain
{
    public static readonly AsyncLocal<string?> Local = new();

    private Box? _returned;

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

    public async Task<string> PassBox(string other, string text)
    {
        Box mine = new() { Text = text };
        var grain = GrainFactory.GetGrain<IChainGrain>(other);
        var returned = await grain.Change(mine);
        await grain.ChangeReturned();
        return $"{mine.Text} {returned.Text}";
    }

    public Task<Box> Change(Box box)
    {
        box.Text = "changed";
        _returned = new Box { Text = "returned" };
        return Task.FromResult(_returned);
    }

    public Task ChangeReturned()
    {
        _returned!.Text = "changed later";
        return Task.CompletedTask;
    }

    public async Task<string?> AmbientThrough(string other)
    {
        Local.Value = "mine";
        return await GrainFactory.GetGrain<IChainGrain>(other).Ambient();
    }

    public Task<string?> Ambient() => Task.FromResult(Local.Value);
}
