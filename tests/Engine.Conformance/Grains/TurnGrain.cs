namespace Engine.Conformance;

public sealed class TurnGrain(IGrainContext context) : Grain(context), ITurnGrain
{
    private int _count, _running;

    private string Key => this.GetPrimaryKeyString();

    public async Task Hold(string name, string phase)
    {
        Journal.Add(Key, $"{name} begins");
        await Phase.Named(phase).PassAsync();
        Journal.Add(Key, $"{name} ends");
    }

    public Task HoldInterleaving(string name, string phase) => Hold(name, phase);

    public Task Interleave(string name) => Note(name);

    public Task Write(string name) => Note(name);

    public Task WriteSoon(string name) => Note(name);

    public Task WriteManyTo(string other, int count)
    {
        var grain = GrainFactory.GetGrain<ITurnGrain>(other);
        return Task.WhenAll(Enumerable.Range(0, count).Select(i => grain.Write($"call {i}")));
    }

    public async Task<int> Count(int suspensions)
    {
        for (var i = 0; i < suspensions; i++)
        {
            // Two threads in here at once would be seen by one of them.
            if (Interlocked.Increment(ref _running) != 1)
                throw new InvalidOperationException("Two turns at once.");
            var seen = _count;
            Thread.SpinWait(20);
            _count = seen + 1;
            Interlocked.Decrement(ref _running);
            await Task.Yield();
        }
        return _count;
    }

    private Task Note(string name)
    {
        Journal.Add(Key, name);
        return Task.CompletedTask;
    }
}
