using System.Collections.Immutable;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Replay.Judging;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.Replay.Day;

/// <summary>Gathers what came of a day.</summary>
public sealed class DayCollector(ApiClient manager, ReplayOptions options, DayWatch watch, JobDirectory jobs, IReadOnlyList<Phone> phones, TimeProvider time)
{
    private static readonly TimeSpan HearLimit = TimeSpan.FromSeconds(10);

    /// <summary>What was driven, by the phones; and for every other request why not, by the server.</summary>
    public async Task<PlayedDay> Day(CancellationToken cancellation)
    {
        ImmutableArray<ImmutableArray<DrivenStop>> driven =
            [.. phones.Select(p => p.State.Done.Where(d => d.IsServed).Select(d => new DrivenStop(d.Node, d.Decided, d.Depart, d.Start)).ToImmutableArray())];
        HashSet<int> served = [.. driven.SelectMany(t => t).Select(s => s.Node)];
        Dictionary<int, string> jobOf = jobs.Filed.ToDictionary(f => f.Value, f => f.Key);
        List<NotServed> missing = [];
        foreach (TrspNode request in options.Instance.Requests.Where(r => !served.Contains(r.Number)))
            missing.Add(new NotServed(request.Number, jobOf.GetValueOrDefault(request.Number), await Reasons(jobOf.GetValueOrDefault(request.Number), cancellation)));
        return new PlayedDay(options.Instance, options.Releases ?? ImmutableSortedDictionary<int, double>.Empty, options.Releases is not null, driven, [.. missing]);
    }

    /// <summary>What the server gives as reasons; failing that, where the job stands.</summary>
    private async Task<ImmutableArray<(string Code, int Count)>> Reasons(string? job, CancellationToken cancellation)
    {
        if (job is null)
            return [("replay.not_filed", 1)];
        if (await manager.Get<Explanation>($"v1/jobs/{job}/explanation", cancellation) is ApiResult<Explanation>.Ok { Value.Reasons: { Count: > 0 } reasons })
            return [.. reasons.Select(r => (r.Code, r.Count))];
        return watch.Jobs.GetValueOrDefault(job) is not { } view ? [("replay.unknown", 1)]
            : view.Unplaced is { Count: > 0 } unplaced ? [.. unplaced.Select(u => (u.Code, u.Count))]
            : [("replay.left_" + view.Status, 1)];
    }

    /// <summary>
    /// Each stream as it stands, beside what its client was told, who gets a moment to hear the end of it. Streams may go on growing: what a client heard beyond
    /// the end that was read here is cut off.
    /// </summary>
    public async Task<ImmutableArray<StreamHistory>> Histories(string zoneStream, CancellationToken cancellation)
    {
        List<StreamHistory> histories = [await History(zoneStream, watch.Heard, cancellation)];
        foreach (Phone phone in phones)
            histories.Add(await History(phone.Stream, phone.Heard!, cancellation));
        return [.. histories];
    }

    private async Task<StreamHistory> History(string stream, EventLog heard, CancellationToken cancellation)
    {
        IReadOnlyList<StreamEvent> whole = await Whole(stream, cancellation);
        long since = time.GetTimestamp();
        while (heard.Count < whole.Count && time.GetElapsedTime(since) < HearLimit)
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        return new StreamHistory(stream, [.. heard.ToList().Take(whole.Count)], whole);
    }

    private async Task<IReadOnlyList<StreamEvent>> Whole(string stream, CancellationToken cancellation)
    {
        List<StreamEvent> all = [];
        while (true)
        {
            EventPage page = await manager.Events(stream, all.Count == 0 ? 0 : all[^1].Seq, cancellation);
            all.AddRange(page.Events);
            if (page.Events.Count == 0 || all[^1].Seq >= page.Head)
                return all;
        }
    }
}
