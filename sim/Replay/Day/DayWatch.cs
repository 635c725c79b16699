using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Replay.Day;

/// <summary>The manager's eye on the zone: the newest view of each job, and every event for the judge.</summary>
public sealed class DayWatch(Action<string> trouble) : IStreamListener
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<string, JobView> jobs = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource live = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Live => live.Task;

    public IReadOnlyDictionary<string, JobView> Jobs => jobs;

    public EventLog Heard { get; } = new();

    /// <summary>Whether nothing more can happen to any of these jobs: ended, or still waiting when the last moment to begin has long passed.</summary>
    /// <param name="grace">How long after a window closes a waiting job still counts as open.</param>
    public bool IsOver(IReadOnlyDictionary<string, int> filed, TrspInstance instance, DayTime now, double grace) =>
        filed.All(f => jobs.TryGetValue(f.Key, out JobView? job)
            && (job.Status is "closed" or "cancelled" || (job.Status is "queued" or "requested" && now > instance.Node(f.Value).Closes + grace)));

    void IStreamListener.Applied(string stream, StreamEvent happened)
    {
        Heard.Add(happened);
        if (happened.Type.StartsWith("job.", StringComparison.Ordinal) && happened.Data.TryGetProperty("view", out JsonElement view) && view.Deserialize<JobView>(Json) is { } job)
            jobs.AddOrUpdate(job.Id, job, (_, known) => known.Version > job.Version ? known : job);
    }

    void IStreamListener.Restored(StreamSnapshot snapshot) => trouble($"{snapshot.Stream}: a snapshot replaced events that the judge would have liked to see");

    void IStreamListener.LinkChanged(LinkState state)
    {
        if (state == LinkState.Live)
            live.TrySetResult();
    }

    void IStreamListener.Trouble(string what) => trouble("manager: " + what);
}
