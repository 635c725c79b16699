using System.Collections.Concurrent;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos;

/// <summary>After the last kill: lets everything come to rest, reads all there is, and sends every answered command once more under its key.</summary>
public sealed class ChaosEnding(ChaosWorld world, Watchers watchers, TimeProvider time, Action<string> say)
{
    /// <summary>Longer than a crash may leave an outbox to the sweep.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3), Least = TimeSpan.FromSeconds(13), Look = TimeSpan.FromMilliseconds(250);

    private readonly ApiClient manager = world.Find(ChaosSetup.Manager).Patient;

    private IEnumerable<string> Streams => ["zone/" + ChaosWorld.Zone, .. world.Technicians.Select(t => "technician/" + t.Id), .. world.Points.Select(p => "point/" + p)];

    /// <param name="failures">What went wrong with the process itself.</param>
    public async Task<Evidence> Gather(IReadOnlyList<string> failures, TimeSpan patience, CancellationToken cancellation)
    {
        say($"no more kills; {world.Underway} commands are still under way");
        await ChaosSetup.EndDuty(world);
        bool atRest = await Rest(patience, cancellation);
        await CaughtUp(patience, cancellation);
        await world.Finish(patience);
        IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>> histories = await Read(cancellation);
        say($"reads {histories.Values.Sum(h => h.Count)} events of {histories.Count} streams; repeats what was answered");
        IReadOnlyList<SentCommand> commands = world.Journal.Commands;
        Dictionary<string, long> before = await Heads(cancellation);
        ConcurrentBag<Repetition> repetitions = await Repeat(commands, cancellation);
        Dictionary<string, long> after = await Heads(cancellation);
        return new Evidence(
            commands, world.Journal.Seen, world.Journal.Watchers, histories, [.. repetitions], [.. before.Where(h => after[h.Key] != h.Value).Select(h => h.Key)],
            [.. world.Journal.ServerErrors, .. failures], atRest);
    }

    /// <summary>Nothing is under way and the zone's stream has stood still for a while.</summary>
    private async Task<bool> Rest(TimeSpan patience, CancellationToken cancellation)
    {
        long began = time.GetTimestamp(), since = began, head = -1;
        while (time.GetElapsedTime(began) < patience)
        {
            long now = await HistoryReader.Head(manager, "zone/" + ChaosWorld.Zone, cancellation);
            if (now != head || world.Underway > 0)
                (head, since) = (now, time.GetTimestamp());
            if (time.GetElapsedTime(began) > Least && time.GetElapsedTime(since) > Quiet)
                return true;
            await Task.Delay(Look, time, cancellation);
        }
        return false;
    }

    /// <summary>Every watcher has had time to hear of everything; whether it has is for the judge.</summary>
    private async Task CaughtUp(TimeSpan patience, CancellationToken cancellation)
    {
        Dictionary<string, long> heads = await Heads(cancellation);
        long began = time.GetTimestamp();
        while (watchers.All.Any(w => w.Last.Any(l => heads.TryGetValue(l.Key, out long head) && l.Value < head)) && time.GetElapsedTime(began) < patience)
            await Task.Delay(Look, time, cancellation);
    }

    private async Task<Dictionary<string, long>> Heads(CancellationToken cancellation)
    {
        Dictionary<string, long> heads = new(StringComparer.Ordinal);
        foreach (string stream in Streams)
            heads[stream] = await HistoryReader.Head(manager, stream, cancellation);
        return heads;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>>> Read(CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<HistoryEvent>> histories = new(StringComparer.Ordinal);
        foreach (string stream in Streams)
            histories[stream] = await HistoryReader.Read(manager, stream, cancellation);
        foreach ((string job, string token) in watchers.Tracked)
        {
            using ApiClient customer = world.Client("track-" + job);
            customer.UseToken(token);
            histories["track:job/" + job] = await HistoryReader.Read(customer, "job/" + job, cancellation);
        }
        return histories;
    }

    private async Task<ConcurrentBag<Repetition>> Repeat(IReadOnlyList<SentCommand> commands, CancellationToken cancellation)
    {
        ConcurrentBag<Repetition> repetitions = [];
        using CommandRepeater repeater = new(world, time);
        long began = time.GetTimestamp();
        TimeSpan longest = TimeSpan.Zero;
        Lock slowest = new();
        await Parallel.ForEachAsync(commands.Where(c => c.Answer is not null), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellation }, async (command, stop) =>
        {
            long sent = time.GetTimestamp();
            (int status, string body) = await repeater.Send(command, stop);
            repetitions.Add(new Repetition(command, status, body));
            lock (slowest)
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, time.GetElapsedTime(sent).Ticks));
        });
        say($"repeated {repetitions.Count} in {time.GetElapsedTime(began).TotalSeconds:0} s, the slowest took {longest.TotalSeconds:0.0} s");
        return repetitions;
    }
}
