using System.Text.Json;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Replay.Judging;

/// <param name="Pushed">What a client applied, in its order, up to the end of what was fetched.</param>
/// <param name="Fetched">The whole stream, read over HTTP.</param>
public sealed record StreamHistory(string Stream, IReadOnlyList<StreamEvent> Pushed, IReadOnlyList<StreamEvent> Fetched);

/// <summary>Who the phones say did what.</summary>
public readonly record struct ClaimedService(string Job, string Technician);

/// <summary>
/// Judges the server from outside, by its streams: numbers without gap or repetition, the same history to everybody, and of each job one course of life: had by one
/// technician at a time, done once, by the one who had it.
/// </summary>
public static class HistoryJudge
{
    /// <returns>One sentence per inconsistency; empty where the history holds together.</returns>
    public static IReadOnlyList<string> Inconsistencies(IEnumerable<StreamHistory> streams, string zoneStream, IReadOnlyList<ClaimedService> claimed)
    {
        List<string> found = [];
        foreach (StreamHistory stream in streams)
        {
            found.AddRange(Numbers(stream));
            if (stream.Stream == zoneStream)
                found.AddRange(Jobs(stream.Fetched, claimed));
        }
        return found;
    }

    private static IEnumerable<string> Numbers(StreamHistory s)
    {
        for (int i = 0; i < s.Fetched.Count; i++)
            if (s.Fetched[i].Seq != i + 1)
            {
                yield return $"{s.Stream}: event {s.Fetched[i].Seq} stands where {i + 1} should";
                yield break;
            }
        foreach (var twice in s.Fetched.GroupBy(e => (e.Source, e.Number)).Where(g => g.Count() > 1))
            yield return $"{s.Stream}: event {twice.Key.Number} of {twice.Key.Source} appears {twice.Count()} times";
        if (s.Pushed.Count != s.Fetched.Count)
            yield return $"{s.Stream}: {s.Pushed.Count} events were applied, {s.Fetched.Count} are in it";
        for (int i = 0; i < Math.Min(s.Pushed.Count, s.Fetched.Count); i++)
            if (Name(s.Pushed[i]) != Name(s.Fetched[i]))
            {
                yield return $"{s.Stream}: applied {Name(s.Pushed[i])}, the stream has {Name(s.Fetched[i])}";
                yield break;
            }
    }

    private static IEnumerable<string> Jobs(IEnumerable<StreamEvent> zone, IReadOnlyList<ClaimedService> claimed)
    {
        Dictionary<string, Life> jobs = new(StringComparer.Ordinal);
        foreach (StreamEvent e in zone.Where(e => e.Type.StartsWith("job.", StringComparison.Ordinal)))
        {
            string job = e.Data.GetProperty("jobId").GetString() ?? "";
            if (!jobs.TryGetValue(job, out Life? life))
                jobs[job] = life = new Life();
            foreach (string wrong in life.Meet(e))
                yield return $"{job}: {wrong}";
        }
        ILookup<string, string> claims = claimed.ToLookup(c => c.Job, c => c.Technician);
        foreach ((string job, Life life) in jobs)
        {
            List<string> by = [.. claims[job]];
            if (by.Count > 1)
                yield return $"{job}: served by {string.Join(" and ", by)}";
            else if (by.Count == 1 && !life.Closed)
                yield return $"{job}: served by {by[0]}, but not closed";
            else if (by.Count == 1 && life.Holder is { } holder && holder != by[0])
                yield return $"{job}: served by {by[0]}, but had by {holder}";
            else if (by.Count == 0 && life.Closed)
                yield return $"{job}: closed, but nobody served it";
        }
    }

    private static (long Seq, string Type, string Source, long Number) Name(StreamEvent e) => (e.Seq, e.Type, e.Source, e.Number);

    /// <summary>One job, event by event.</summary>
    private sealed class Life
    {
        private static readonly string[] Course = ["job.accepted", "job.departed", "job.arrived", "job.repaired", "job.signed", "job.closed"];

        private long number, epoch;
        private int step = -1;

        public string? Holder { get; private set; }

        public bool Closed => step == Course.Length - 1;

        public IEnumerable<string> Meet(StreamEvent e)
        {
            if (e.Number != number + 1)
                yield return $"event {e.Number} follows {number}";
            number = e.Number;
            if (e.Data.TryGetProperty("epoch", out JsonElement given) && given.ValueKind == JsonValueKind.Number)
            {
                if (given.GetInt64() < epoch && e.Type != "job.staleWork")
                    yield return $"{e.Type} under epoch {given.GetInt64()} after {epoch}";
                epoch = Math.Max(epoch, given.GetInt64());
            }
            if (e.Type == "job.staleWork")
                yield return "work was done under a stale epoch";
            if (e.Type is "job.withdrawn" or "job.moved" or "job.queued" or "job.cancelled")
                (step, Holder) = (-1, null);
            int at = Array.IndexOf(Course, e.Type);
            if (at < 0)
                yield break;
            if (at != step + 1)
                yield return $"{e.Type} after {(step < 0 ? "no acceptance" : Course[step])}";
            step = at;
            if (e.Type == "job.accepted")
                Holder = TechnicianOf(e);
            else if (TechnicianOf(e) is { } by && Holder is { } holder && by != holder)
                yield return $"{e.Type} by {by}, had by {holder}";
        }

        private static string? TechnicianOf(StreamEvent e) =>
            e.Data.TryGetProperty("technicianId", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }
}
