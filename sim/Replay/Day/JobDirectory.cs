using System.Collections.Concurrent;

namespace Dispatch.Sim.Replay.Day;

/// <summary>Which request of the instance a job is. Filled as requests are filed; an offer may overtake the answer that names its job, so asking waits.</summary>
public sealed class JobDirectory
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<int>> nodes = new(StringComparer.Ordinal);

    /// <summary>Ids of the jobs filed, with their nodes.</summary>
    public IReadOnlyDictionary<string, int> Filed =>
        nodes.Where(n => n.Value.Task.IsCompletedSuccessfully).ToDictionary(n => n.Key, n => n.Value.Task.Result, StringComparer.Ordinal);

    public void Add(string job, int node) => Entry(job).TrySetResult(node);

    /// <exception cref="TimeoutException">Nobody has filed such a job in time.</exception>
    public Task<int> NodeOf(string job, TimeSpan limit, TimeProvider time, CancellationToken cancellation) => Entry(job).Task.WaitAsync(limit, time, cancellation);

    private TaskCompletionSource<int> Entry(string job) => nodes.GetOrAdd(job, _ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
}
