using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Simulator;

/// <summary>
/// Several hosts of grains, in the assemblies that production ships, in one thread and virtual time. The seed decides the order of turns,
/// the fate of messages and every fault, so that a run can be repeated exactly: same seed, same bytes. No time passes while a turn runs.
/// Not thread safe; one simulation is driven by one thread at a time.
/// </summary>
/// <remarks>
/// What grains await must come back to their scheduler: nothing here may use the thread pool or the machine's clock.
/// Work that returns from another thread fails the run.
/// </remarks>
public sealed partial class Simulation : IDisposable
{
    private readonly Agenda _agenda;
    private readonly Trace _trace;
    private readonly SeededRandom _random;
    private readonly TurnScheduler _scheduler;
    private readonly Network _network;
    private readonly ExternalOperations _external;
    private readonly List<Machine> _machines = [];
    private readonly Dictionary<string, Machine> _clients = [];
    private readonly List<ServiceProvider> _services = [];
    private readonly GrainClasses _classes;
    private readonly Action<IServiceCollection> _configure;
    private readonly SimulationOptions _options;

    /// <param name="configure">
    /// Services of each host, called at each of its starts: what hosts share is made outside and registered as an instance.
    /// </param>
    public Simulation(
        ulong seed, SimulationFaults faults, IEnumerable<Assembly> grainAssemblies,
        Action<IServiceCollection>? configure = null, SimulationOptions? options = null)
    {
        _options = options ?? new SimulationOptions();
        _classes = new GrainClasses(grainAssemblies);
        _configure = configure ?? (static _ => { });
        _random = new SeededRandom(seed);
        _agenda = new Agenda(_options.Start);
        _trace = new Trace(_agenda) { IsOn = _options.Traced };
        _scheduler = new TurnScheduler(_random);
        _network = new Network(_random, _agenda, _scheduler, _trace, Counts, _machines) { Faults = faults };
        _external = new ExternalOperations(_random, _agenda, _trace, Counts, _network);
        Clock = new VirtualClock(_agenda, TimeSpan.Zero);
        Storage = new SimulatedStore(_external, Counts, _options.Json);
        using var driving = _scheduler.Drive();
        for (var i = 0; i < _options.Hosts; i++)
        {
            _machines.Add(new Machine(i, $"host{i}", isClient: false));
            Start(_machines[i]);
        }
    }

    public SimulationCounts Counts { get; } = new();

    /// <summary>True time; hosts may see it skewed.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Registered in every host under every storage name.</summary>
    public SimulatedStore Storage { get; }

    /// <summary>
    /// May be changed between and during runs, for instance to <see cref="SimulationFaults.None"/> to let everything settle.
    /// </summary>
    public SimulationFaults Faults
    {
        get => _network.Faults;
        set => _network.Faults = value;
    }

    /// <summary>A number that stands for the whole run so far.</summary>
    public ulong TraceHash => _trace.Hash;

    /// <summary>Gets every event as a line of text.</summary>
    public Action<string>? TraceListener
    {
        set => _trace.Listener = value;
    }

    /// <summary>Gets every call that was not answered in time: method and grain, and how long its caller waited.</summary>
    public Action<string, TimeSpan>? TimedOut
    {
        set => _network.TimedOutListener = value;
    }

    /// <summary>Called whenever a host has started again.</summary>
    public Action? HostStarted { get; set; }

    /// <summary>A caller outside the hosts, with observers of its own. It never dies.</summary>
    public IGrainFactory Client(string name)
    {
        if (!_clients.TryGetValue(name, out var client))
        {
            using var driving = _scheduler.Drive();
            _clients[name] = client = new Machine(_machines.Count, name, isClient: true);
            _machines.Add(client);
            Start(client);
        }
        return client.Host!.Factory;
    }

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
        using var driving = _scheduler.Drive();
        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, new ScenarioTurns(_scheduler)).Unwrap();
    }

    /// <summary>Lets virtual time pass.</summary>
    public void RunFor(TimeSpan time) => RunUntil(static () => false, time);

    /// <summary>Runs until the condition holds; it is evaluated after every turn and event.</summary>
    /// <returns>False when the virtual time was up first; it has then passed in full.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = _agenda.Elapsed + limit;
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var driving = _scheduler.Drive();
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

    /// <summary>An operation on a system outside all hosts that changes nothing: takes a while, may fail.</summary>
    public Task<T> Read<T>(string what, Func<T> effect) => _external.Read(what, default, effect);

    /// <summary>
    /// An operation on a system outside all hosts: it takes a while, goes on when its caller dies, and may fail with or without having
    /// had its effect. Ports of the product (a feed store, a mailer) are simulated with it.
    /// </summary>
    public Task<T> Write<T>(string what, Func<T> effect) => _external.Write(what, default, effect);

    /// <summary>Has something done after some virtual time, whatever happens to the hosts.</summary>
    public void After(TimeSpan time, Action action) => _agenda.Add(time, action);

    public void Dispose()
    {
        foreach (var services in _services)
            services.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <returns>False when nothing is left to do before the end.</returns>
    private bool Step(TimeSpan end)
    {
        if (_scheduler.Escape is { } escape)
            throw new InvalidOperationException($"Work left the simulation's thread, which cannot be repeated. It returned here:\n{escape}");
        if (Counts.Turns > _options.MaxTurns)
            throw new InvalidOperationException($"More than {_options.MaxTurns} turns at {Clock.GetUtcNow():u}: the run does not end.");

        // What is due now competes with the turns that are ready; what is due later waits for all of them.
        var due = _agenda.Next is { } next && next <= _agenda.Elapsed;
        if (_scheduler.HasReady && !(due && _random.Next(2) == 0))
        {
            Turn(_scheduler.TakeReady());
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
            if (Strikes(activation))
                return;
        }
        queue.RunTurn();
    }

    /// <summary>The turns of a scenario: a queue that belongs to no grain.</summary>
    private sealed class ScenarioTurns(TurnScheduler scheduler) : TurnQueue(scheduler)
    {
        protected override void Run(object turn) => ((Action)turn)();
    }
}
