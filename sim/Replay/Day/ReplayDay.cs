using System.Collections.Immutable;
using System.Diagnostics;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Replay.Judging;
using Dispatch.Sim.Replay.Phones;

namespace Dispatch.Sim.Replay.Day;

/// <summary>Plays one day through the public interface: sets it up, files requests at their time, lets the phones work, waits for the end and collects what happened.</summary>
public sealed class ReplayDay(ReplayOptions options, TimeProvider time, TextWriter console)
{
    private const int Together = 4;
    private static readonly TimeSpan LiveLimit = TimeSpan.FromSeconds(30), SettleLimit = TimeSpan.FromSeconds(10), Look = TimeSpan.FromMilliseconds(100), Tell = TimeSpan.FromSeconds(10);

    private readonly TrspInstance instance = options.Instance;
    private readonly string run = "replay-" + Guid.NewGuid().ToString("N")[..8];
    private readonly Random chance = new();
    private readonly List<string> troubles = [];

    /// <exception cref="ReplayRefusedException">The server is not one a replay can be played on, or the preparations took too long.</exception>
    public async Task<DayOutcome> Play(CancellationToken cancellation)
    {
        long since = time.GetTimestamp();
        using SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using ApiClient manager = Client(handler);
        await Answers(manager, cancellation);
        (await manager.SignIn(options.Manager, cancellation)).Must("sign-in of the manager");
        long signInSince = time.GetTimestamp();
        (await manager.SignIn(options.Manager, cancellation)).Must("sign-in of the manager");
        TimeSpan signIn = time.GetElapsedTime(signInSince);
        await using ServerClock clock = await ServerClock.Measure(manager, time, cancellation);
        Place origin = DaySetup.RequireReplayMode(clock.First, options.Speed);
        DaySetup setup = new(manager, instance, run);
        long roomSince = time.GetTimestamp();
        Plane plane = await setup.FindRoom(origin, cancellation);
        string zone = await setup.CreateZone(plane, cancellation);
        TimeSpan lead = options.Lead ?? DaySetup.LeadFor(signIn, time.GetElapsedTime(roomSince) / 2, instance);
        DayClock day = new(WholeSecond(clock.Now + lead * clock.Speed));
        console.WriteLine($"{instance.Name}: {instance.Technicians.Length} technicians, {instance.Requests.Length} requests, clock ×{clock.Speed:0.##}; the day begins in {lead.TotalSeconds:0} s");

        DayWatch watch = new(Trouble);
        List<Phone> phones = [];
        JobDirectory jobs = new();
        string zoneStream = "zone/" + zone;
        StreamClient eye = new(
            WebSocketTransport.To(options.Server, "hub", manager.Token), manager, watch, new HubOptions(), Backoff.Standard, StreamLimits.Standard, time, Chance());
        try
        {
            eye.Follow(zoneStream, 0);
            PhoneDay phoneDay = new(instance, plane, day, clock, jobs, time, Trouble);
            phones.AddRange(await StartPhones(setup, phoneDay, zone, handler, cancellation));
            await Within("the hub connections", Task.WhenAll(phones.Select(p => p.Live).Append(watch.Live)), cancellation);
            await InParallel(instance.Requests.Where(r => ReleaseOf(r) < 0), r => setup.File(r, plane, day, jobs, cancellation), cancellation);
            if (clock.Now > day.Base)
                throw new ReplayRefusedException($"The preparations took longer than {lead.TotalSeconds:0} s. Give them more with --lead.");
            Task filing = FileDuringTheDay(setup, plane, day, clock, jobs, cancellation);
            await Follow(watch, day, clock, jobs, filing, phones, cancellation);
            await filing;
            await Settle(phones, cancellation);
        }
        finally
        {
            await eye.DisposeAsync();
            foreach (Phone phone in phones)
                await phone.DisposeAsync();
        }
        return new DayOutcome(
            await Collect(manager, watch, jobs, phones, cancellation),
            await Histories(manager, watch, zoneStream, phones, cancellation),
            [.. phones.Select(p => (p.Technician, p.State))], zoneStream, [.. troubles], phones.Sum(p => p.Repetitions) + manager.Repetitions, time.GetElapsedTime(since));
    }

    /// <summary>Once, without repetition: a wrong address should be told at once.</summary>
    private async Task Answers(ApiClient manager, CancellationToken cancellation)
    {
        try
        {
            await manager.Clock(cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            throw new ReplayRefusedException($"No server answers at {options.Server}: {e.Message}");
        }
    }

    private ApiClient Client(HttpMessageHandler handler) => new(options.Server, handler, time, RetryRules.Standard, Chance());

    /// <summary>Only ever used to spread repetitions in time; nothing that is played depends on it.</summary>
    private Random Chance()
    {
        lock (chance)
            return new Random(chance.Next());
    }

    private double ReleaseOf(TrspNode request) => options.Releases?.GetValueOrDefault(request.Number, -1) ?? -1;

    private async Task<IReadOnlyList<Phone>> StartPhones(DaySetup setup, PhoneDay phoneDay, string zone, HttpMessageHandler handler, CancellationToken cancellation)
    {
        Phone?[] phones = new Phone?[instance.Technicians.Length];
        await InParallel(instance.Technicians, async t =>
        {
            string id = await setup.Register(t, zone, phoneDay.Plane, phoneDay.Day, cancellation);
            ApiClient api = Client(handler);
            (await api.SignIn(setup.SignInOf(t), cancellation)).Must($"sign-in of technician {t.Number}");
            (await api.Command<Nothing>($"v1/technicians/{id}/duty", new DutyRequest(true), $"{run}-duty-{t.Number}", cancellation)).Must($"duty of technician {t.Number}");
            phones[t.Number - 1] = new Phone(phoneDay, api, options.Server, id, t.Number, Chance());
        }, cancellation);
        return [.. phones.Select(p => p!)];
    }

    private async Task FileDuringTheDay(DaySetup setup, Plane plane, DayClock day, ServerClock clock, JobDirectory jobs, CancellationToken cancellation)
    {
        List<Task> filed = [];
        foreach (TrspNode request in instance.Requests.Where(r => ReleaseOf(r) >= 0).OrderBy(ReleaseOf).ThenBy(r => r.Number))
        {
            await clock.Reach(day.ToServer(new DayTime(ReleaseOf(request))), cancellation);
            filed.Add(setup.File(request, plane, day, jobs, cancellation));
        }
        await Task.WhenAll(filed);
    }

    /// <summary>Until nothing more can happen, or the day is long over.</summary>
    private async Task Follow(DayWatch watch, DayClock day, ServerClock clock, JobDirectory jobs, Task filing, List<Phone> phones, CancellationToken cancellation)
    {
        double horizon = instance.Horizon.Units;
        DayTime limit = instance.Horizon + Math.Max(0.05 * horizon, 10 * clock.Speed);
        long told = time.GetTimestamp();
        while (true)
        {
            DayTime now = day.ToDay(clock.Now);
            if (filing.IsFaulted || (filing.IsCompleted && jobs.Filed.Count == instance.Requests.Length && watch.IsOver(jobs.Filed, instance, now, 0.01 * horizon)))
                return;
            if (now > limit)
            {
                Trouble($"at {now}, long after the end of the day, jobs are still open");
                return;
            }
            if (time.GetElapsedTime(told) >= Tell)
            {
                told = time.GetTimestamp();
                console.WriteLine($"  {now.Units,7:0} of {horizon:0}: {jobs.Filed.Count} filed, {watch.Jobs.Values.Count(j => j.Status == "closed")} closed, {phones.Count(p => p.State.Leg is not null)} technicians under way or at work");
            }
            await Task.Delay(Look, time, cancellation);
        }
    }

    /// <summary>Gives what is still on the wire a moment to arrive.</summary>
    private async Task Settle(IReadOnlyList<Phone> phones, CancellationToken cancellation)
    {
        long since = time.GetTimestamp();
        do
            await Task.Delay(Look * 5, time, cancellation);
        while (phones.Any(p => !p.State.Unsent.IsEmpty) && time.GetElapsedTime(since) < SettleLimit);
    }

    private async Task<PlayedDay> Collect(ApiClient manager, DayWatch watch, JobDirectory jobs, IReadOnlyList<Phone> phones, CancellationToken cancellation)
    {
        ImmutableArray<ImmutableArray<DrivenStop>> driven =
            [.. phones.Select(p => p.State.Done.Where(d => d.IsServed).Select(d => new DrivenStop(d.Node, d.Decided, d.Depart, d.Start)).ToImmutableArray())];
        HashSet<int> served = [.. driven.SelectMany(t => t).Select(s => s.Node)];
        Dictionary<int, string> jobOf = jobs.Filed.ToDictionary(f => f.Value, f => f.Key);
        List<NotServed> missing = [];
        foreach (TrspNode request in instance.Requests.Where(r => !served.Contains(r.Number)))
            missing.Add(new NotServed(request.Number, jobOf.GetValueOrDefault(request.Number), await Reasons(manager, watch, jobOf.GetValueOrDefault(request.Number), cancellation)));
        return new PlayedDay(instance, options.Releases ?? ImmutableSortedDictionary<int, double>.Empty, options.Releases is not null, driven, [.. missing]);
    }

    /// <summary>What the server gives as reasons; failing that, where the job stands.</summary>
    private static async Task<ImmutableArray<(string Code, int Count)>> Reasons(ApiClient manager, DayWatch watch, string? job, CancellationToken cancellation)
    {
        if (job is null)
            return [("replay.not_filed", 1)];
        if (await manager.Get<Explanation>($"v1/jobs/{job}/explanation", cancellation) is ApiResult<Explanation>.Ok { Value.Reasons: { Count: > 0 } reasons })
            return [.. reasons.Select(r => (r.Code, r.Count))];
        return watch.Jobs.GetValueOrDefault(job) is not { } view ? [("replay.unknown", 1)]
            : view.Unplaced is { Count: > 0 } unplaced ? [.. unplaced.Select(u => (u.Code, u.Count))]
            : [("replay.left_" + view.Status, 1)];
    }

    private async Task<ImmutableArray<StreamHistory>> Histories(ApiClient manager, DayWatch watch, string zoneStream, IReadOnlyList<Phone> phones, CancellationToken cancellation)
    {
        List<StreamHistory> histories = [new(zoneStream, watch.Applied, await Whole(manager, zoneStream, cancellation), Complete: true)];
        foreach (Phone phone in phones)
            histories.Add(new StreamHistory(phone.Stream, phone.Applied, await Whole(manager, phone.Stream, cancellation), Complete: true));
        return [.. histories];
    }

    private static async Task<IReadOnlyList<StreamEvent>> Whole(ApiClient manager, string stream, CancellationToken cancellation)
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

    private static async Task InParallel<T>(IEnumerable<T> items, Func<T, Task> work, CancellationToken cancellation) =>
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellation }, async (item, _) => await work(item));

    private async Task Within(string what, Task task, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(LiveLimit, time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ReplayRefusedException($"Waited {LiveLimit.TotalSeconds:0} s for {what}. {(troubles.Count > 0 ? troubles[^1] : "")}");
        }
    }

    private void Trouble(string what)
    {
        lock (troubles)
            troubles.Add(what);
        if (options.Verbose)
            console.WriteLine("  ! " + what);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset t) => new(t.Ticks - t.Ticks % TimeSpan.TicksPerSecond + TimeSpan.TicksPerSecond, t.Offset);
}

/// <summary>Everything the report is made of.</summary>
public sealed record DayOutcome(
    PlayedDay Day, ImmutableArray<StreamHistory> Histories, ImmutableArray<(string Technician, PhoneState Phone)> Phones, string ZoneStream,
    ImmutableArray<string> Troubles, int Repetitions, TimeSpan Wall);
