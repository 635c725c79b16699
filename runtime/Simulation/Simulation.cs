using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Runtime.Simulation;

/// <summary>Sizes of a simulation.</summary>
public sealed record SimulationOptions
{
    public int Hosts { get; init; } = 3;
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    /// <summary>A run that takes more turns than that is taken for endless.</summary>
    public long MostTurns { get; init; } = 20_000_000;

    /// <summary>How states are written; must round-trip every state.</summary>
    public JsonSerializerOptions Json { get; init; } = JsonSerializerOptions.Default;

    /// <summary>Whether every event is mixed into <see cref="Simulation.TraceHash"/>; without it that number stands still.</summary>
    public bool Traced { get; init; } = true;

    /// <summary>Settings of every host beyond its grain assemblies.</summary>
    public Action<DispatchRuntimeOptions> Runtime { get; init; } = static _ => { };
}

/// <summary>
/// Several hosts of real grains in one thread and virtual time. The seed decides the order of turns, the fate of
/// messages and every fault, so that a run can be repeated exactly: same seed, same bytes. No time passes while a
/// turn runs. Not thread safe; one simulation is driven by one thread at a time.
/// </summary>
/// <remarks>
/// What grains await must come back to their scheduler: nothing here may use the thread pool or the machine's clock.
/// Work that returns from another thread fails the run.
/// </remarks>
public sealed class Simulation : IDisposable
{
    private readonly Agenda _agenda;
    private readonly Trace _trace;
    private readonly SeededRandom _random;
    private readonly SimulatedDispatcher _dispatcher;
    private readonly List<SimulatedHost> _places = [];
    private readonly List<ServiceProvider> _services = [];
    private readonly InMemoryReminderTable _reminders = new();
    private readonly Assembly[] _assemblies;
    private readonly Action<IServiceCollection> _configure;
    private readonly SimulationOptions _options;
    private long _powerLosses;
    private TimeSpan _storageAwayUntil;

    /// <param name="configure">Services of each host, called at each of its starts: what hosts share is made outside and registered as an instance.</param>
    public Simulation(ulong seed, SimulationFaults faults, IEnumerable<Assembly> grainAssemblies, Action<IServiceCollection>? configure = null, SimulationOptions? options = null)
    {
        _options = options ?? new SimulationOptions();
        _assemblies = [.. grainAssemblies];
        _configure = configure ?? (static _ => { });
        _random = new SeededRandom(seed);
        _agenda = new Agenda(_options.Start);
        _trace = new Trace(_agenda) { IsOn = _options.Traced };
        _dispatcher = new SimulatedDispatcher(_random, _agenda, _trace, Counts, _places) { Faults = faults };
        Clock = new SimulatedClock(_agenda, TimeSpan.Zero);
        Storage = new SimulatedStorage(this, _options.Json);
        using var driving = _dispatcher.Drive();
        for (var i = 0; i < _options.Hosts; i++)
        {
            _places.Add(new SimulatedHost(i, $"host{i}", isClient: false));
            Start(_places[i]);
        }
    }

    public SimulationCounts Counts { get; } = new();

    /// <summary>True time; hosts may see it skewed.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Registered in every host under every storage name.</summary>
    public SimulatedStorage Storage { get; }

    /// <summary>May be changed between and during runs, for instance to <see cref="SimulationFaults.None"/> to let everything settle.</summary>
    public SimulationFaults Faults
    {
        get => _dispatcher.Faults;
        set => _dispatcher.Faults = value;
    }

    /// <summary>A number that stands for the whole run so far.</summary>
    public ulong TraceHash => _trace.Hash;

    /// <summary>Gets every event as a line of text.</summary>
    public Action<string>? TraceListener
    {
        set => _trace.Listener = value;
    }

    /// <summary>Gets every call that nobody answered in time: method and grain, and how long its caller waited.</summary>
    public Action<string, TimeSpan>? TimedOut
    {
        set => _dispatcher.TimedOutListener = value;
    }

    /// <summary>Called whenever a host has started again.</summary>
    public Action? HostStarted { get; set; }

    /// <summary>A caller outside the hosts, with observers of its own. It never dies.</summary>
    public IGrainFactory Client(string name)
    {
        using var driving = _dispatcher.Drive();
        var place = _places.Find(known => known.Name == name);
        if (place is null)
        {
            _places.Add(place = new SimulatedHost(_places.Count, name, isClient: true));
            Start(place);
        }
        return place.Grains!.Factory;
    }

    /// <summary>Services of a host as it now runs; null while it is down.</summary>
    public IServiceProvider? HostServices(int host) => _places[host].Services;

    /// <summary>Runs a scenario to its end, in turns of its own, and throws what it throws.</summary>
    /// <param name="limit">Virtual time it may take; a day when not given.</param>
    /// <exception cref="TimeoutException">The scenario has not ended within the limit, or nothing is left that could end it.</exception>
    public void Run(Func<Simulation, Task> scenario, TimeSpan? limit = null)
    {
        var work = Begin(() => scenario(this));
        if (!RunUntil(() => work.IsCompleted, limit ?? TimeSpan.FromDays(1)))
            throw new TimeoutException($"The scenario was still waiting at {Clock.GetUtcNow():u}, after {Counts.Turns} turns.");
        work.GetAwaiter().GetResult();
    }

    /// <summary>Starts something that runs beside the scenario, in turns of its own, once the simulation runs.</summary>
    public Task Begin(Func<Task> work)
    {
        using var driving = _dispatcher.Drive();
        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, new ScenarioTurns(_dispatcher)).Unwrap();
    }

    /// <summary>Lets virtual time pass.</summary>
    public void RunFor(TimeSpan time) => RunUntil(static () => false, time);

    /// <summary>Runs until the condition holds; it is looked at after every turn and event.</summary>
    /// <returns>False when the virtual time was up first; it has then passed in full.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = _agenda.Elapsed + limit;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var driving = _dispatcher.Drive();
        try
        {
            while (!condition())
            {
                if (!Step(end))
                {
                    _agenda.MoveTo(end);
                    return false;
                }
            }
            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Kills a host between two turns. It starts again by itself after the outage.</summary>
    public void CrashHost(int host, TimeSpan outage)
    {
        var place = _places[host];
        if (place.Grains is not { } dying)
            return;
        Counts.HostCrashes++;
        _trace.Add("crash", dying.Name);
        place.Crash();
        Storage.HostDied(dying);
        _dispatcher.Forget(place);
        After(outage, () => Start(place));
    }

    /// <summary>The power fails under everything between two turns: no host lives on, nothing the store was at is finished, nothing it had not synced is left.</summary>
    public void LosePower(TimeSpan outage)
    {
        Counts.PowerLosses++;
        _powerLosses++;
        _trace.Add("dark", "");
        for (var host = 0; host < _options.Hosts; host++)
            CrashHost(host, _random.UpTo(outage));
        Storage.LosePower();
    }

    /// <summary>Stops a host in good order: its grains are deactivated, then it is gone for the outage.</summary>
    public Task StopHost(int host, TimeSpan outage) => Begin(async () =>
    {
        var place = _places[host];
        if (place.Grains is not { } stopping)
            return;
        _trace.Add("stop", stopping.Name);
        await stopping.StopAsync(CancellationToken.None);
        if (!ReferenceEquals(place.Grains, stopping))
            return;
        place.Crash();
        _dispatcher.Forget(place);
        After(outage, () => Start(place));
    });

    /// <summary>Makes the grain live on two hosts for that long, with calls reaching either; no effect while fewer than two are up.</summary>
    public void Duplicate(GrainId grain, TimeSpan time) => _dispatcher.Duplicate(grain, time);

    /// <summary>Kills every activation of the grain between two turns.</summary>
    public void CrashActivations(GrainId grain)
    {
        foreach (var place in _places)
            if (place.Grains?.Find(grain) is { } activation)
                Kill(activation);
    }

    /// <summary>An operation on something outside all hosts that changes nothing: takes a while, may fail.</summary>
    public Task<T> Read<T>(string what, Func<T> effect) => Read(what, default, effect);

    internal Task<T> Read<T>(string what, GrainId of, Func<T> effect)
    {
        Counts.Reads++;
        var failed = _random.Chance(Faults.ReadFailed) || _agenda.Elapsed < _storageAwayUntil;
        if (failed)
            Counts.ReadsFailed++;
        return External(what, of, effect, refused: failed, unacknowledged: false);
    }

    /// <summary>
    /// An operation on something outside all hosts: it takes a while, goes on when its caller dies, and may fail with or
    /// without having had its effect. Ports of the product (a feed store, a mailer) are simulated with it.
    /// </summary>
    public Task<T> Write<T>(string what, Func<T> effect) => Write(what, default, effect);

    internal Task<T> Write<T>(string what, GrainId of, Func<T> effect)
    {
        Counts.Writes++;
        if (_random.Chance(Faults.StorageOutage))
        {
            Counts.StorageOutages++;
            _storageAwayUntil = _agenda.Elapsed + _random.UpTo(Faults.LongestStorageOutage);
            _trace.Add("away", "", detail: what);
        }
        var refused = _random.Chance(Faults.WriteRefused) || _agenda.Elapsed < _storageAwayUntil;
        var unacknowledged = !refused && _random.Chance(Faults.AcknowledgementLost);
        if (refused)
            Counts.WritesRefused++;
        if (unacknowledged)
            Counts.AcknowledgementsLost++;
        return External(what, of, effect, refused, unacknowledged);
    }

    /// <summary>Has something done after some virtual time, whatever becomes of the hosts.</summary>
    public void After(TimeSpan time, Action action) => _agenda.Add(time, action);

    public void Dispose()
    {
        foreach (var services in _services)
            services.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private Task<T> External<T>(string what, GrainId of, Func<T> effect, bool refused, bool unacknowledged)
    {
        var promise = new TaskCompletionSource<T>();
        var power = _powerLosses;
        After(_random.UpTo(Faults.LongestStorageTime), () =>
        {
            if (power != _powerLosses)
            {
                // Whoever waited for it on a host is gone too; a client sees its connection break.
                promise.SetException(new IOException($"Simulated: the power failed under {what}, which has not happened."));
                return;
            }
            _trace.Add(refused ? "refused" : unacknowledged ? "unheard" : "external", "", of, what);
            try
            {
                if (refused)
                    throw new IOException($"Simulated: {what} failed and has not happened.");
                var result = effect();
                if (unacknowledged)
                    throw new IOException($"Simulated: {what} happened, but its acknowledgement was lost.");
                After(_random.UpTo(Faults.LongestStorageTime), () => promise.SetResult(result));
            }
            catch (Exception failure)
            {
                After(_random.UpTo(Faults.LongestStorageTime), () => promise.SetException(failure));
            }
        });
        return promise.Task;
    }

    /// <returns>False when nothing is left to do before the end.</returns>
    private bool Step(TimeSpan end)
    {
        if (_dispatcher.Escape is { } escape)
            throw new InvalidOperationException($"Work left the simulation's thread, so the run cannot be repeated. It came back here:\n{escape}");
        if (Counts.Turns > _options.MostTurns)
            throw new InvalidOperationException($"More than {_options.MostTurns} turns at {Clock.GetUtcNow():u}: the run does not end.");

        // What is due now competes with the turns that are ready; what is due later waits for all of them.
        var due = _agenda.Next is { } next && next <= _agenda.Elapsed;
        if (_dispatcher.HasReady && !(due && _random.Next(2) == 0))
        {
            Turn(_dispatcher.TakeReady());
            return true;
        }
        if (_agenda.Next is not { } at || at > end)
            return false;
        _agenda.Advance();
        return true;
    }

    private void Turn(TurnQueue queue)
    {
        Counts.Turns++;
        if (queue is Activation activation)
        {
            _trace.Add("turn", activation.Host.Name, activation.GrainId);
            if (_random.Chance(Faults.HostCrash) && _places.FindIndex(place => place.Grains == activation.Host) is >= 0 and var place)
            {
                CrashHost(place, _random.UpTo(Faults.LongestOutage));
                return;
            }
            if (_random.Chance(Faults.PowerLoss))
            {
                LosePower(Faults.LongestOutage);
                return;
            }
            if (_random.Chance(Faults.ActivationCrash))
            {
                Kill(activation);
                return;
            }
        }
        queue.RunSlot();
    }

    private void Kill(Activation activation)
    {
        Counts.ActivationCrashes++;
        _trace.Add("die", activation.Host.Name, activation.GrainId);
        activation.Host.Forget(activation);
        activation.Crash();
    }

    private void Start(SimulatedHost place)
    {
        var skew = place.IsClient || Faults.ClockSkew <= TimeSpan.Zero ? TimeSpan.Zero
            : _random.UpTo(Faults.ClockSkew + Faults.ClockSkew) - Faults.ClockSkew;
        if (skew != TimeSpan.Zero)
            Counts.ClocksSkewed++;
        var clock = new SimulatedClock(_agenda, skew);

        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton<IReminderTable>(_reminders);
        collection.AddSingleton<IGrainFactory>(_ => place.Grains!.Factory);
        collection.TryAddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, (_, _) => Storage);
        _configure(collection);
        var services = collection.BuildServiceProvider();
        _services.Add(services);

        var options = new DispatchRuntimeOptions();
        foreach (var assembly in _assemblies)
            options.GrainAssemblies.Add(assembly);
        _options.Runtime(options);
        _dispatcher.Know(place.Start(services, options, _dispatcher, clock), place);
        place.Grains!.Reminders.Owns = grain => OwnerOf(grain) == place;
        var started = place.Grains!.StartAsync(CancellationToken.None);
        if (!started.IsCompletedSuccessfully)
            throw new InvalidOperationException("A simulated host must start without waiting.", started.Exception);
        _trace.Add("start", place.Grains.Name);
        if (!place.IsClient)
            HostStarted?.Invoke();
    }

    /// <summary>Reminders are shared out over the hosts that are up.</summary>
    private SimulatedHost? OwnerOf(GrainId grain)
    {
        var up = _places.FindAll(place => !place.IsClient && place.Grains is not null);
        return up.Count == 0 ? null : up[(int)(grain.GetUniformHashCode() % (uint)up.Count)];
    }

    /// <summary>The turns of a scenario: a queue that belongs to no grain.</summary>
    private sealed class ScenarioTurns(TurnDispatcher dispatcher) : TurnQueue(dispatcher)
    {
        protected override void Run(object turn) => ((Action)turn)();
    }
}
