using System.Collections.Concurrent;

namespace Engine.Conformance;

/// <summary>
/// A named point that a grain reaches and waits at until the test lets it pass. Grains run in the test's process, so names are enough to
/// find it.
/// </summary>
public sealed class Phase
{
    private static readonly ConcurrentDictionary<string, Phase> Known = new();

    private readonly SemaphoreSlim _reached = new(0);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Phase Named(string name) => Known.GetOrAdd(name, static _ => new Phase());

    /// <summary>A name that no other test uses.</summary>
    public static string Fresh(string what) => $"{what}-{Guid.NewGuid():N}";

    /// <summary>Called by the grain.</summary>
    public Task PassAsync()
    {
        _reached.Release();
        return _open.Task;
    }

    /// <summary>Waits until it has been reached once more.</summary>
    public Task ReachedAsync() => _reached.WaitAsync();

    public void Open() => _open.TrySetResult();
}
