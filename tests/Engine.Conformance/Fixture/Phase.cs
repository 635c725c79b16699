using System.Collections.Concurrent;

namespace Engine.Conformance;

/// <summary>
/// A named point that a grain reaches and waits at until the test lets it pass. Grains run in the test's process on
/// both engines, so names are enough to find it.
/// </summary>
public sealed class Phase
{
    private static readonly ConcurrentDictionary<string, Phase> Known = new();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _name;
    private readonly SemaphoreSlim _reached = new(0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Phase(string name) => _name = name;

    public static Phase Named(string name) => Known.GetOrAdd(name, static fresh => new Phase(fresh));

    /// <summary>A name nobody else uses.</summary>
    public static string Fresh(string what) => $"{what}-{Guid.NewGuid():N}";

    /// <summary>Called by the grain.</summary>
    public Task PassAsync()
    {
        _reached.Release();
        return _open.Task;
    }

    /// <summary>Waits until it has been reached once more.</summary>
    public async Task ReachedAsync()
    {
        if (!await _reached.WaitAsync(Patience))
            throw new TimeoutException($"Phase '{_name}' was not reached.");
    }

    public bool TryReached() => _reached.Wait(0);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits for work that must end by now.</summary>
    public static async Task<T> EndAsync<T>(Task<T> work, string what)
    {
        try
        {
            return await work.WaitAsync(Patience);
        }
        catch (TimeoutException timeout) when (!work.IsCompleted)
        {
            throw new TimeoutException($"'{what}' has not ended.", timeout);
        }
    }

    public static async Task EndAsync(Task work, string what)
    {
        try
        {
            await work.WaitAsync(Patience);
        }
        catch (TimeoutException timeout) when (!work.IsCompleted)
        {
            throw new TimeoutException($"'{what}' has not ended.", timeout);
        }
    }

    /// <summary>Looks again and again, giving way in between, until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var end = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(end) > Patience)
                throw new TimeoutException($"'{what}' has not come to be.");
            await Task.Yield();
        }
    }
}
