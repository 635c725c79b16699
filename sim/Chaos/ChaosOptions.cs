namespace Dispatch.Sim.Chaos;

/// <summary>What a run is told.</summary>
/// <param name="Kills">How often the server process is killed.</param>
/// <param name="Seed">What the times of the kills and all that people choose follow from.</param>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>; for the latter a private server is started, and stopped now and then.</param>
/// <param name="Server">The built server, a .dll.</param>
/// <param name="Verbose">Print every trouble that was overcome.</param>
public sealed record ChaosOptions(int Kills, int Seed, string Store, string Server, bool Verbose = false)
{
    /// <summary>From two on, silos and API nodes are processes of their own on PostgreSQL, and every kill is a disturbance of one of them.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>Of a cluster: whether a silo is frozen where it would be killed.</summary>
    public Freezing Freeze { get; init; }

    /// <summary>Of a cluster: ends with an orderly restart of each node in turn.</summary>
    public bool Rolling { get; init; }

    /// <summary>Of a cluster: so long all processors are kept busy beside it, and no node is disturbed.</summary>
    public double BusyMinutes { get; init; }

    /// <summary>Of a cluster: only silos are disturbed, no API node and not the database.</summary>
    public bool OnlySilos { get; init; }

    /// <summary>Of a cluster: so many more consoles follow the zone, each over a connection of its own.</summary>
    public int Consoles { get; init; }

    /// <summary>How long a frozen silo stays so, from and to.</summary>
    public (TimeSpan Least, TimeSpan Most) FrozenFor { get; init; } = (TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(120));
}

public enum Freezing { Never, Always, Mixed }

/// <summary>The run could not be made; nothing is said about the server.</summary>
public sealed class ChaosRefusedException(string what) : Exception(what);
