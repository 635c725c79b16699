using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>One host of grains: which are alive here, how calls find them, and when idle ones end.</summary>
internal sealed class GrainHost : IDisposable
{
    private const string ObserverType = "observer";

    private readonly ConcurrentDictionary<GrainId, IRequestTarget> _targets = new();
    private readonly ConcurrentDictionary<GrainId, LocalObserver> _observers = new();
    private readonly ITimer _collector;
    private long _observerNumber;
    private volatile bool _started, _quiet, _stopping;

    public GrainHost(string name, IServiceProvider services, DispatchRuntimeOptions options, TurnDispatcher dispatcher, TimeProvider clock)
    {
        options.Validate();
        Name = name;
        ClientId = GrainId.Create("sys.client", name);
        Services = services;
        Options = options;
        Dispatcher = dispatcher;
        Clock = clock;
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Dispatch.Runtime");
        Classes = new GrainClasses(options.GrainAssemblies);
        Factory = new GrainFactory(this);
        Timeouts = new CallTimeouts(clock, options.ResponseTimeout, dispatcher.IsDeterministic ? 1 : 8);
        Reminders = new ReminderService(this, services.GetService<IReminderTable>() ?? new InMemoryReminderTable());
        CoarseNow = clock.GetTimestamp();
        _collector = clock.CreateTimer(static self => ((GrainHost)self!).Collect(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name { get; }

    /// <summary>Stands for callers in this process that are no grains.</summary>
    public GrainId ClientId { get; }

    public IServiceProvider Services { get; }
    public DispatchRuntimeOptions Options { get; }
    public TurnDispatcher Dispatcher { get; }
    public TimeProvider Clock { get; }
    public ILogger Log { get; }
    public GrainClasses Classes { get; }
    public GrainFactory Factory { get; }
    public CallTimeouts Timeouts { get; }
    public ReminderService Reminders { get; }

    public bool IsStopping => _stopping;

    /// <summary>Timers no longer tick: the host finishes what has begun, and then stops.</summary>
    public bool IsQuiet => _quiet;

    /// <summary>Filters are services that may need the factory, so they are made when the host starts.</summary>
    public IIncomingGrainCallFilter[] IncomingFilters { get; private set; } = [];
    public IOutgoingGrainCallFilter[] OutgoingFilters { get; private set; } = [];

    /// <summary>The time to the collection quantum: cheap enough to be read by every call.</summary>
    public long CoarseNow { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IncomingFilters = [.. Services.GetServices<IIncomingGrainCallFilter>()];
        OutgoingFilters = [.. Services.GetServices<IOutgoingGrainCallFilter>()];
        _started = true;
        _collector.Change(Options.CollectionQuantum, Options.CollectionQuantum);
        await Reminders.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Lets what has begun come to its end while everything still answers, because two activations that end while each waits for the other would both wait for the
    /// time limit of their calls. Then refuses new activations and ends the living ones.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _quiet = true;
        if (!Dispatcher.IsDeterministic)
            await Settle(cancellationToken);
        _stopping = true;
        _collector.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await Reminders.StopAsync(cancellationToken);
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host is stopping.");
        var living = Living();
        foreach (var activation in living)
            activation.Deactivate(reason, cancellationToken);
        await Task.WhenAll(living.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
    }

    /// <summary>Waits until no request runs or waits anywhere, at most for <see cref="DispatchRuntimeOptions.SettleTimeout"/>.</summary>
    private async Task Settle(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (Living().Any(activation => activation.Load > 0) && Stopwatch.GetElapsedTime(begun) < Options.SettleTimeout)
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
    }

    /// <summary>The process died, between two turns.</summary>
    public void Crash()
    {
        _stopping = true;
        Dispose();
        Reminders.Crash();
        foreach (var activation in Living())
            activation.Crash();
        foreach (var observer in _observers.Values)
            observer.Crash();
        _targets.Clear();
        _observers.Clear();
    }

    public void Deliver(Request request)
    {
        var call = (Call)request;
        while (true)
        {
            if (_targets.TryGetValue(call.Target, out var target))
            {
                if (target.TryReceive(call))
                    return;
                _targets.TryRemove(KeyValuePair.Create(call.Target, target));
            }
            else if (_stopping || !_started)
            {
                call.Reject(new SiloUnavailableException($"The host is {(_started ? "stopping" : "not started")}: {call.Method} of {call.Target} was not carried out."));
                return;
            }
            else if (_observers.TryGetValue(call.Target, out var observer) && !observer.IsGone)
            {
                observer.TryReceive(call);
                return;
            }
            else if (Classes.Find(call.Target.Type) is { } grainClass)
            {
                Activate(grainClass, call.Target);
            }
            else
            {
                _observers.TryRemove(call.Target, out _);
                call.Reject(new OrleansMessageRejectionException($"There is no {call.Target} here: no such grain class, or the observer is gone."));
                return;
            }
        }
    }

    public void Forget(Activation activation)
    {
        if (!_targets.TryGetValue(activation.GrainId, out var target))
            return;
        if (target is WorkerPool pool)
            pool.Remove(activation);
        else
            _targets.TryRemove(KeyValuePair.Create(activation.GrainId, (IRequestTarget)activation));
    }

    /// <summary>The living activation of a grain here, unless it is a stateless worker.</summary>
    public Activation? Find(GrainId id) => _targets.GetValueOrDefault(id) as Activation;

    public GrainId AddObserver(IGrainObserver target)
    {
        var id = GrainId.Create(ObserverType, $"{Name}+{Interlocked.Increment(ref _observerNumber)}");
        _observers[id] = new LocalObserver(Dispatcher, target);
        return id;
    }

    public void RemoveObserver(GrainId id) => _observers.TryRemove(id, out _);

    /// <summary>The name of the host whose observer it is.</summary>
    public static string HostOfObserver(GrainId id) => id.Key.ToString().Split('+')[0];

    /// <summary>In the order of their ids where the order of a hash table would tell one process from another.</summary>
    public List<Activation> Living()
    {
        var living = _targets.Values.SelectMany(target => target is WorkerPool pool ? pool.Workers : [(Activation)target]);
        return [.. Dispatcher.IsDeterministic ? living.OrderBy(activation => activation.GrainId) : living];
    }

    public void Dispose()
    {
        _collector.Dispose();
        Timeouts.Dispose();
    }

    private void Activate(GrainClass grainClass, GrainId id)
    {
        // One at a time per host, because making an activation starts it.
        lock (_targets)
        {
            if (!_targets.ContainsKey(id))
                _targets[id] = grainClass.MaxWorkers is null ? new Activation(this, grainClass, id) : new WorkerPool(this, grainClass, id);
        }
    }

    private void Collect()
    {
        CoarseNow = Clock.GetTimestamp();
        var usedBefore = CoarseNow - (long)(Options.CollectionAge.TotalSeconds * Clock.TimestampFrequency);
        foreach (var activation in Living())
            if (!activation.Class.NeverCollected)
                activation.CollectIfIdle(usedBefore);
        foreach (var (id, observer) in _observers)
            if (observer.IsGone)
                _observers.TryRemove(id, out _);
    }
}
