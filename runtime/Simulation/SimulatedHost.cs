using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Runtime.Simulation;

/// <summary>A place of the simulation: a host that may die and start again, or a client, which does neither.</summary>
internal sealed class SimulatedHost(int number, string name, bool isClient)
{
    /// <summary>Until when nothing sent earlier on the same link may arrive later; by the number of the sender.</summary>
    private readonly Dictionary<int, TimeSpan> _lastArrival = [];

    public int Number { get; } = number;
    public string Name { get; } = name;
    public bool IsClient { get; } = isClient;

    /// <summary>Null while it is down.</summary>
    public GrainHost? Grains { get; private set; }

    public ServiceProvider? Services { get; private set; }

    /// <summary>How many times it has started.</summary>
    public int Incarnation { get; private set; }

    public GrainHost Start(ServiceProvider services, DispatchRuntimeOptions options, TurnDispatcher dispatcher, TimeProvider clock)
    {
        Services = services;
        Incarnation++;
        return Grains = new GrainHost(Incarnation == 1 ? Name : $"{Name}.{Incarnation}", services, options, dispatcher, clock);
    }

    public void Crash()
    {
        Grains!.Crash();
        Grains = null;
        Services = null;
    }

    /// <summary>When a message in order would arrive.</summary>
    public TimeSpan ArrivalInOrder(SimulatedHost from, TimeSpan earliest)
    {
        var arrival = _lastArrival.TryGetValue(from.Number, out var last) && last > earliest ? last : earliest;
        _lastArrival[from.Number] = arrival;
        return arrival;
    }
}
