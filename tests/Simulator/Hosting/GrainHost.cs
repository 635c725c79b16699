using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>
/// One run of one host: the activations and observers that live on it, and how requests find them. A client is a host that no grain is
/// placed on.
/// </summary>
internal sealed class GrainHost
{
    private static readonly GrainType ObserverType = GrainType.Create("observer");

    private readonly Dictionary<GrainId, Activation> _activations = [];
    private readonly Dictionary<GrainId, Observer> _observers = [];
    private readonly ITimer _collector;
    private long _observerNumber;
    private bool _stopping;

    public GrainHost(
        string name, IServiceProvider services, SimulationOptions options, GrainClasses classes,
        TurnScheduler scheduler, Network network, TimeProvider clock)
    {
        Name = name;
        ClientId = GrainId.Create("sys.client", name);
        Services = services;
        Options = options;
        Classes = classes;
        Scheduler = scheduler;
        Network = network;
        Clock = clock;
        Log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Dispatch.Simulator");
        References = new ReferenceRuntime(this);
        Factory = new GrainFactory(this);
        Runtime = new GrainRuntime(this);
        Timeouts = new CallTimeouts(clock, options.ResponseTimeout);
        Filters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        CoarseNow = clock.GetTimestamp();
        _collector = clock.CreateTimer(
            static self => ((GrainHost)self!).Collect(), this, options.CollectionQuantum, options.CollectionQuantum);
    }

    public string Name { get; }

    /// <summary>Stands for callers on this host that are no grains.</summary>
    public GrainId ClientId { get; }

    public IServiceProvider Services { get; }
    public SimulationOptions Options { get; }
    public GrainClasses Classes { get; }
    public TurnScheduler Scheduler { get; }
    public Network Network { get; }
    public TimeProvider Clock { get; }
    public ILogger Log { get; }
    public ReferenceRuntime References { get; }
    public GrainFactory Factory { get; }
    public GrainRuntime Runtime { get; }
    public CallTimeouts Timeouts { get; }
    public IIncomingGrainCallFilter[] Filters { get; }

    /// <summary>The time to the collection quantum.</summary>
    public long CoarseNow { get; private set; }

    /// <summary>Takes no new activations and ends the living ones.</summary>
    public Task StopAsync()
    {
        _stopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host is stopping.");
        var living = Living();
        foreach (var activation in living)
            activation.Deactivate(reason);
        return Task.WhenAll(living.Select(activation => activation.Deactivated));
    }

    /// <summary>The process died, between two turns.</summary>
    public void Crash()
    {
        _stopping = true;
        _collector.Dispose();
        Timeouts.Dispose();
        foreach (var activation in Living())
            activation.Crash();
        foreach (var observer in _observers.Values)
            observer.Crash();
        _activations.Clear();
        _observers.Clear();
    }

    public void Deliver(Call call)
    {
        while (true)
        {
            if (_activations.TryGetValue(call.Target, out var activation))
            {
                if (activation.TryReceive(call))
                    return;
                _activations.Remove(call.Target);
            }
            else if (_stopping)
            {
                call.Reject(new SiloUnavailableException($"The host is stopping: {call} was not carried out."));
                return;
            }
            else if (_observers.TryGetValue(call.Target, out var observer))
            {
                observer.TryReceive(call);
                return;
            }
            else if (Classes.Find(call.Target.Type) is { } grainClass)
            {
                _activations[call.Target] = new Activation(this, grainClass, call.Target);
            }
            else
            {
                // As in Orleans nobody answers for an observer that is gone; the caller waits for its time limit.
                return;
            }
        }
    }

    public void Forget(Activation activation)
    {
        if (Find(activation.GrainId) == activation)
            _activations.Remove(activation.GrainId);
    }

    /// <summary>The living activation of a grain here.</summary>
    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    public GrainId AddObserver(IGrainObserver target)
    {
        var id = GrainId.Create(ObserverType, $"{Name}+{++_observerNumber}");
        // Held, not weakly as in Orleans: a run must not depend on the garbage collector.
        _observers[id] = new Observer(Scheduler, target);
        Network.KnowObserver(id, this);
        return id;
    }

    public void RemoveObserver(GrainId id) => _observers.Remove(id);

    private List<Activation> Living() => [.. _activations.Values.OrderBy(activation => activation.GrainId)];

    private void Collect()
    {
        CoarseNow = Clock.GetTimestamp();
        var usedBefore = CoarseNow - (long)(Options.CollectionAge.TotalSeconds * Clock.TimestampFrequency);
        foreach (var activation in Living())
            activation.CollectIfIdle(usedBefore);
    }
}
