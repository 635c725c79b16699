using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;
using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos;

/// <summary>
/// One run: a server process under the load of a small town over its public interface, killed again and again at moments a seed chooses, started again each time on the same data; and at the
/// end the clients' own journal held against everything the server still says.
/// </summary>
public sealed class ChaosRun(ChaosOptions options, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60), ClosePatience = TimeSpan.FromSeconds(100);
    private const int VolleySize = 60;

    private readonly List<TimeSpan> ready = [], recovered = [];
    private readonly List<string> failures = [];

    /// <summary>However bad it gets, a run ends by then.</summary>
    public static TimeSpan LongestFor(int kills) => TimeSpan.FromMinutes(8) + kills * TimeSpan.FromSeconds(30);

    /// <exception cref="ChaosRefusedException">It could not be made.</exception>
    public async Task<ChaosReport> Play(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(LongestFor(options.Kills), time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await PlayToTheEnd(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ChaosRefusedException($"The run did not come to its end within {LongestFor(options.Kills).TotalMinutes:0} min.");
        }
    }

    private async Task<ChaosReport> PlayToTheEnd(CancellationToken cancellation)
    {
        long began = time.GetTimestamp();
        await using ChaosStage stage = await ChaosStage.Build(options, time);
        stage.Keep = true;
        Journal journal = new(time);
        using ChaosWorld world = new([stage.Server.Address], options.Seed, journal, time, line =>
        {
            if (options.Verbose)
                say(line);
        });
        // Nothing is there yet to be lost, so the very first start may be killed as well.
        await KilledFirstStarts(stage.Server);
        await Start(stage, cancellation);
        await ChaosSetup.Enter(world, options.Kills, cancellation);
        say($"entered: {world.Technicians.Count} technicians, {world.Points.Count} points; {options.Kills} kills follow, seed {options.Seed}, {options.Store}");
        Evidence evidence;
        await using (Watchers watchers = new(world))
        {
            CustomerLoad customers = new(world);
            Task load = ChaosLoad.Begin(world, watchers, customers);
            foreach (Kill kill in KillSchedule.Of(options.Kills, options.Seed, stage.Postgres is not null))
                await Strike(stage, kill, customers, journal, cancellation);
            await Start(stage, cancellation);
            await world.Pause(TimeSpan.FromSeconds(1));
            world.IsClosing = true;
            await load;
            ChaosEnding ending = new(world, watchers, time, say);
            evidence = await ending.Gather(failures, ClosePatience, cancellation);
        }
        ChaosJudge judge = new("zone/" + ChaosWorld.Zone, world.Technicians.ToDictionary(t => t.Person.User, t => t.Id, StringComparer.Ordinal));
        Verdict verdict = judge.Judge(evidence);
        ChaosReport report = ChaosReport.Of(options, evidence, verdict, ready, recovered, judge.FullestBench, time.GetElapsedTime(began), stage.Folder);
        stage.Keep = !report.IsClean;
        if (stage.Keep)
            await File.WriteAllLinesAsync(Path.Combine(stage.Folder, "violations.txt"), report.Violations.Select(v => $"{v.Kind}: {v.What}"), cancellation);
        return report;
    }

    private async Task KilledFirstStarts(ServerProcess server)
    {
        for (int i = 0; i < 3; i++)
        {
            server.Start();
            await Task.Delay(TimeSpan.FromSeconds(0.1 + 0.9 * City.Chance.Share(options.Seed, "first", i)), time);
            await server.Kill();
        }
    }

    private async Task Strike(ChaosStage stage, Kill kill, CustomerLoad customers, Journal journal, CancellationToken cancellation)
    {
        if (kill.Moment == KillMoment.StartingUp)
        {
            if (stage.Server.HasEnded)
                stage.Server.Start();
            await Task.Delay(kill.After, time, cancellation);
        }
        else
        {
            await Start(stage, cancellation);
            await Task.Delay(kill.Warm, time, cancellation);
            if (kill.Outage != Outage.None)
                await StopDatabase(stage, kill, cancellation);
            if (kill.Moment == KillMoment.UnderFire)
                customers.Volley(VolleySize);
            await Task.Delay(kill.After, time, cancellation);
        }
        if (stage.Server.HasEnded)
            failures.Add($"The server ended by itself before kill {kill.Number}; see {stage.Server.LogFile}.");
        await stage.Server.Kill();
        if (kill.Number % 10 == 0 || kill.Number == options.Kills)
            say($"kill {kill.Number}/{options.Kills}: {journal.Sent} commands, {journal.Acknowledged} acknowledged, restart to ready {(ready.Count == 0 ? 0 : ready[^1].TotalMilliseconds):0} ms");
    }

    /// <summary>Brings the server up, if it is not, and waits until it is ready.</summary>
    private async Task Start(ChaosStage stage, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (stage.Server.HasEnded)
                stage.Server.Start();
            if (await stage.Server.Ready(StartPatience, cancellation) is { } took)
            {
                ready.Add(took);
                return;
            }
            failures.Add($"The server ended by itself while starting; see {stage.Server.LogFile}.");
            if (attempt == 3)
                throw new ChaosRefusedException($"The server does not start any more; see {stage.Server.LogFile}.");
        }
    }

    private async Task StopDatabase(ChaosStage stage, Kill kill, CancellationToken cancellation)
    {
        await stage.Postgres!.Stop(kill.Outage);
        await Task.Delay(kill.DownFor, time, cancellation);
        await stage.Postgres.Start();
        long back = time.GetTimestamp();
        if (await stage.Server.Ready(StartPatience, cancellation) is null)
            failures.Add($"The server ended by itself when the database went away before kill {kill.Number}; see {stage.Server.LogFile}.");
        else
            recovered.Add(time.GetElapsedTime(back));
    }
}
