namespace Dispatch.Simulator;

/// <summary>A machine of the simulation: its host may die and start again. A client's does neither.</summary>
internal sealed class Machine(int number, string name, bool isClient)
{
    /// <summary>Until when nothing sent earlier on the same link may arrive later; by the number of the sender.</summary>
    private readonly Dictionary<int, TimeSpan> _lastArrival = [];
    private int _starts;

    public int Number { get; } = number;
    public string Name { get; } = name;
    public bool IsClient { get; } = isClient;

    /// <summary>Null while it is down.</summary>
    public GrainHost? Host { get; private set; }

    /// <summary>The name of its next host, another one at each start.</summary>
    public string NextName() => ++_starts == 1 ? Name : $"{Name}.{_starts}";

    public void Start(GrainHost host) => Host = host;

    public void Crash()
    {
        Host!.Crash();
        Host = null;
    }

    /// <summary>When a message in order would arrive.</summary>
    public TimeSpan ArrivalInOrder(Machine from, TimeSpan earliest)
    {
        var arrival = _lastArrival.TryGetValue(from.Number, out var last) && last > earliest ? last : earliest;
        _lastArrival[from.Number] = arrival;
        return arrival;
    }
}
