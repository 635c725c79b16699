using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;
using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos.Clusters;

/// <summary>
/// One run over a cluster: silos, API nodes and the database under the load of a small town that speaks to all API nodes; now one process is killed, then one frozen, then the database restarted, at
/// moments a seed chooses. At the end the clients' own journal is held against everything the cluster still says.
/// </summary>
public sealed class ClusterRun(ChaosOptions options, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromMinutes(6), ClosePatience = TimeSpan.FromSeconds(150), ConnectionLook = TimeSpan.FromSeconds(5);

    /// <summary>Longer than a node repeats by itself, so that what is measured is the node and not the client's patience with it.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(35), GiveUpAfter = TimeSpan.FromSeconds(60);

    private readonly List<string> failures = [];
    private readonly List<DisturbanceWindow> windows = [];

    /// <summary>However bad it gets, a run ends by then.</summary>
    private TimeSpan Longest => TimeSpan.FromMinutes(12 + options.BusyMinutes) + (options.Kills + (options.Rolling ? options.Silos + ClusterStage.ApiNodes : 0)) * (options.FrozenFor.Most + TimeSpan.FromSeconds(90));

    /// <exception cref="ChaosRefusedException">It could not be made.</exception>
    public async Task<ChaosReport> Play(CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(Longest, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await PlayToTheEnd(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ChaosRefusedException($"The run did not come to its end within {Longest.TotalMinutes:0} min.");
        }
    }

    private async Task<ChaosReport> PlayToTheEnd(CancellationToken cancellation)
    {
        long beganTicks = time.GetTimestamp();
        DateTimeOffset began = time.GetUtcNow();
        await using ClusterStage stage = await ClusterStage.Build(options, time, Failed);
        stage.Keep = true;
        DatabaseWitness witness = new(stage.Postgres);
        Journal journal = new(time);
        using ChaosWorld world = new([.. stage.Apis.Select(a => a.Address)], options.Seed, journal, time, line =>
        {
            if (options.Verbose)
                say(line);
        })
        {
            AttemptTimeout = AttemptTimeout,
            GiveUpAfter = GiveUpAfter,
            Consoles = options.Consoles,
        };
        await stage.Begin(ReadyPatience, cancellation);
        await witness.Begin();
        int parts = options.Kills + (int)(20 * options.BusyMinutes);
        await ChaosSetup.Enter(world, parts, cancellation);
        say($"entered: {world.Technicians.Count} technicians, {world.Points.Count} points; {options.Silos} silos and {stage.Apis.Count} API nodes, seed {options.Seed}");
        Evidence evidence;
        int connections;
        await using (Watchers watchers = new(world))
        {
            CustomerLoad customers = new(world);
            Task load = ChaosLoad.Begin(world, watchers, customers);
            Task<int> counting = CountConnections(world, witness);
            foreach (Disturbance disturbance in DisturbanceSchedule.Of(options, stage.Apis.Count))
                await Disturb(stage, disturbance, customers, cancellation);
            if (options.BusyMinutes > 0)
                await KeepBusy(stage, cancellation);
            await world.Pause(TimeSpan.FromSeconds(3));
            world.IsClosing = true;
            await load;
            connections = await counting;
            evidence = await new ChaosEnding(world, watchers, time, say).Gather(failures, ClosePatience, cancellation);
        }
        (IReadOnlyList<string> stale, int judged) = await witness.Find();
        ChaosJudge judge = new("zone/" + ChaosWorld.Zone, world.Technicians.ToDictionary(t => t.Person.User, t => t.Id, StringComparer.Ordinal));
        Verdict verdict = judge.Judge(evidence).And([
            .. stale.Select(s => new Violation(Wrong.StaleWrite, s)),
            .. Enumerable.Repeat(new Violation(Wrong.NeverSucceeded, $"A command was repeated for {GiveUpAfter.TotalSeconds:0} s and never decided."), journal.GivenUp),
        ]);
        ChaosReport report = ChaosReport.Of(options, evidence, verdict, [], [], judge.FullestBench, time.GetElapsedTime(beganTicks), stage.Folder) with
        {
            Cluster = new ClusterFigures(
                stage.Silos.Count, stage.Apis.Count, stage.All.Sum(n => n.EndedByItself), stale.Count, judged, journal.ServerErrors.Count, journal.Unavailable, journal.GivenUp, connections,
                [.. windows.Select(w => DisturbanceFigures.Of(w, evidence, began, time))])
            .With(evidence, time),
        };
        stage.Keep = !report.IsClean;
        if (stage.Keep)
            await File.WriteAllLinesAsync(Path.Combine(stage.Folder, "violations.txt"), report.Violations.Select(v => $"{v.Kind}: {v.What}"), cancellation);
        return report;
    }

    private void Failed(string what)
    {
        lock (failures)
            failures.Add(what);
        say(what);
    }

    private async Task Disturb(ClusterStage stage, Disturbance disturbance, CustomerLoad customers, CancellationToken cancellation)
    {
        await Task.Delay(disturbance.Warm, time, cancellation);
        if (disturbance.UnderFire)
            customers.Volley(20);
        (long ticks, DateTimeOffset from) = (time.GetTimestamp(), time.GetUtcNow());
        ClusterNode? node = disturbance.Kind switch
        {
            DisturbanceKind.KillSilo or DisturbanceKind.FreezeSilo => stage.Silos[disturbance.Node],
            DisturbanceKind.KillApi => stage.Apis[disturbance.Node],
            DisturbanceKind.RestartNode => stage.All.ElementAt(disturbance.Node),
            _ => null,
        };
        say($"{disturbance.Number}: {disturbance.Kind} {node?.Name} {(disturbance.Lasts > TimeSpan.Zero ? $"for {disturbance.Lasts.TotalSeconds:0.0} s" : "")}");
        bool ended = node is null ? await RestartDatabase(stage, disturbance, cancellation) : await Strike(node, disturbance, cancellation);
        await stage.Ready(ReadyPatience, cancellation);
        if (node is not null)
            node.IsDisturbed = false;
        windows.Add(new DisturbanceWindow(disturbance, node?.Name ?? "database", ticks, time.GetTimestamp(), from, time.GetUtcNow()) { EndedItself = ended && disturbance.Kind == DisturbanceKind.FreezeSilo });
    }

    /// <returns>Whether the present life of the process has ended.</returns>
    private async Task<bool> Strike(ClusterNode node, Disturbance disturbance, CancellationToken cancellation)
    {
        node.IsDisturbed = true;
        Task<int> ended = node.Ended(cancellation);
        switch (disturbance.Kind)
        {
            case DisturbanceKind.FreezeSilo:
                node.Send(Signal.Stop);
                await Task.Delay(disturbance.Lasts, time, cancellation);
                node.Send(Signal.Continue);
                // It still believes that it is a member, until it hears otherwise.
                await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(20), time, cancellation));
                return ended.IsCompletedSuccessfully;
            case DisturbanceKind.RestartNode:
                node.Send(Signal.Terminate);
                if (await ended.WaitAsync(ReadyPatience, time, cancellation) is not 0 and int code)
                    Failed($"{node.Name} was asked to end and ended with code {code}; see {node.LogFile}.");
                return true;
            default:
                node.Send(Signal.Kill);
                await ended;
                return true;
        }
    }

    private async Task<bool> RestartDatabase(ClusterStage stage, Disturbance disturbance, CancellationToken cancellation)
    {
        await stage.Postgres.Stop(disturbance.Outage);
        await Task.Delay(disturbance.Lasts, time, cancellation);
        await stage.Postgres.Start();
        return false;
    }

    private async Task KeepBusy(ClusterStage stage, CancellationToken cancellation)
    {
        Disturbance busy = new(windows.Count + 1, DisturbanceKind.BusyProcessors, 0, TimeSpan.Zero, TimeSpan.FromMinutes(options.BusyMinutes));
        (long ticks, DateTimeOffset from) = (time.GetTimestamp(), time.GetUtcNow());
        say($"{busy.Number}: all {Environment.ProcessorCount} processors busy for {options.BusyMinutes:0.#} min");
        using (new BusyProcessors())
            await Task.Delay(busy.Lasts, time, cancellation);
        windows.Add(new DisturbanceWindow(busy, "all", ticks, time.GetTimestamp(), from, time.GetUtcNow()));
        await stage.Ready(ReadyPatience, cancellation);
    }

    /// <summary>The most there ever were, as long as the town lives.</summary>
    private static async Task<int> CountConnections(ChaosWorld world, DatabaseWitness witness)
    {
        int most = 0;
        await world.Until(async _ => most = Math.Max(most, await witness.CountConnections() ?? 0), _ => ConnectionLook);
        return most;
    }
}
