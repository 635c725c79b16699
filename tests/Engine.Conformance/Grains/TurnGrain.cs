namespace Engine.Conformance;

public abstract class TurnGrainBase : Grain
{
    private int _count, _running;

    private string Key => this.GetPrimaryKeyString();

    public async Task Hold(string name, string phase)
    {
        Journal.Add(Key, $"{name} begins");
        await Phase.Named(phase).PassAsync();
        Journal.Add(Key, $"{name} ends");
    }

    public Task Interleave(string name) => Note(name);

    public Task HoldReading(string name, string phase) => Hold(name, phase);

    public Task Read(string name) => Note(name);

    public Task Write(string name) => Note(name);

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

    public Task<int> Total() => Task.FromResult(_count);

    public async ValueTask<string> Describe(int number, string text)
    {
        await Task.Yield();
        return $"{text}{number}";
    }

    public ValueTask Touch() => ValueTask.CompletedTask;

    private Task Note(string name)
    {
        Journal.Add(Key, name);
        return Task.CompletedTask;
    }
}

public sealed class TurnGrain : TurnGrainBase, ITurnGrain;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrainBase, IReentrantGrain;
