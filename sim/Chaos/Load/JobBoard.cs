using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>A job as the console last heard of it.</summary>
public sealed record JobCard(string Id, string Status, long Epoch, long Version, string Mode, string? TechnicianId, string? PointId, bool Confirmed, DateTimeOffset Since);

/// <summary>What people act on: the console's picture of the jobs, as old as the last event that came through.</summary>
public sealed class JobBoard
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Ended = ["closed", "cancelled"];

    private readonly ConcurrentDictionary<string, JobCard> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> tracking = new(StringComparer.Ordinal);

    public int Open => open.Count;

    public void Learn(StreamEvent e)
    {
        if (!e.Type.StartsWith("job.", StringComparison.Ordinal) || !e.Data.TryGetProperty("view", out JsonElement v) || v.Deserialize<JobView>(Json) is not { } view)
            return;
        JobCard card = new(view.Id, view.Status, view.Epoch, view.Version, view.Mode ?? "doorToDoor", view.TechnicianId, view.Booking?.PointId, view.Booking?.Confirmed ?? false, e.At);
        if (Ended.Contains(card.Status))
            open.TryRemove(card.Id, out _);
        else
            open.AddOrUpdate(card.Id, card, (_, known) => known.Version > card.Version ? known : card);
    }

    /// <summary>Sorted, so that what is picked by number depends on what there is alone.</summary>
    public IReadOnlyList<JobCard> Where(Func<JobCard, bool> which) => [.. open.Values.Where(which).OrderBy(c => c.Id, StringComparer.Ordinal)];

    public void Track(string job, string token) => tracking[job] = token;

    /// <summary>The customer's right to a job, once the customer has it.</summary>
    public string? TokenOf(string job) => tracking.GetValueOrDefault(job);
}
