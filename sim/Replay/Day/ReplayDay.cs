using System.Collections.Immutable;
using System.Diagnostics;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Replay.Judging;
using Dispatch.Sim.Phones;

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
        TimeSpan signIn = await SignIn(manager, cancellation);
        await using ServerClock clock = await ServerClock.Measure(manager, time, cancellation);
        Place origin = DaySetup.RequireReplayMode(clock.First, options.Speed);
        DaySetup setup = new(manager, instance, run);
        long roomSince = time.GetTimestamp();
        Plane plane = await setup.FindRoom(origin, cancellation);
        string zone = await setup.CreateZone(plane, cancellation);
        long preparing = time.GetTimestamp();
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
            PhoneDay phoneDay = new(instance, plane, day, clock, new ReplayManner(jobs, clock.Speed, time), time, Trouble);
            phones.AddRange(await StartPhones(setup, phoneDay, zone, handler, cancellation));
            await Within("the hub connections", Task.WhenAll(phones.Select(p => p.Live).Append(watch.Live)), cancellation);
            await InParallel(instance.Requests.Where(r => ReleaseOf(r) < 0), r => setup.File(r, plane, day, jobs, cancellation), cancellation);
            if (clock.Now > day.Base)
                throw new ReplayRefusedException($"The preparations took {time.GetElapsedTime(preparing).TotalSeconds:0} s, longer than the {lead.TotalSeconds:0} s set aside. Give them more with --lead.");
            console.WriteLine($"  prepared in {time.GetElapsedTime(preparing).TotalSeconds:0.0} s");
            await clock.Reach(day.Base, cancellation);
            ApiResult<DayPlan> planned = await DayPlan.Read(manager, zone, jobs, phones, cancellation);
            Task filing = FileDuringTheDay(setup, plane, day, clock, jobs, cancellation);
            await Follow(watch, day, clock, jobs, filing, phones, cancellation);
            await filing;
            await Settle(phones, cancellation);
            DayCollector collector = new(manager, options, watch, jobs, phones, time);
            return new DayOutcome(
                await collector.Day(cancellation), await collector.Histories(zoneStream, cancellation), planned,
                [.. phones.Select(p => (p.Technician, p.State))], zoneStream, [.. Troubles()], phones.Sum(p => p.Repetitions) + manager.Repetitions, time.GetElapsedTime(since));
        }
        finally
        {
            await eye.DisposeAsync();
            foreach (Phone phone in phones)
                await phone.DisposeAsync();
        }
    }

    /// <summary>How long it takes to check a password: the least of three, because the first call of all is slow and any may meet a busy moment.</summary>
    private async Task<TimeSpan> SignIn(ApiClient manager, CancellationToken cancellation)
    {
        TimeSpan least = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long since = time.GetTimestamp();
            (await manager.SignIn(options.Manager, cancellation)).Must("sign-in of the manager");
            least = time.GetElapsedTime(since) is var took && took < least ? took : least;
        }
        return least;
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
            throw new ReplayRefusedException($"Waited {LiveLimit.TotalSeconds:0} s for {what}. {Troubles().LastOrDefault()}");
        }
    }

    private IReadOnlyList<string> Troubles()
    {
        lock (troubles)
            return [.. troubles];
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
/// <param name="Planned">What the server meant to do when the day began.</param>
public sealed record DayOutcome(
    PlayedDay Day, ImmutableArray<StreamHistory> Histories, ApiResult<DayPlan> Planned, ImmutableArray<(string Technician, PhoneState Phone)> Phones, string ZoneStream,
    ImmutableArray<string> Troubles, int Repetitions, TimeSpan Wall);
