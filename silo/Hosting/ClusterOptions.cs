using System.ComponentModel.DataAnnotations;

namespace Dispatch.Silo.Hosting;

/// <summary>How processes find each other, and how long they wait for one that is silent.</summary>
public sealed class ClusterOptions
{
    /// <summary><c>silo</c> (grains and API in one process, the default) or <c>api</c> (an Orleans client).</summary>
    [RegularExpression("silo|api")]
    public string Role { get; set; } = "silo";

    /// <summary><c>localhost</c> (default): one silo that nobody joins. <c>postgres</c>: membership in the database.</summary>
    [RegularExpression("localhost|postgres")]
    public string Kind { get; set; } = "localhost";

    [Required, MinLength(1)]
    public string ClusterId { get; set; } = "dispatch";

    /// <summary>Part of every stored key: the same for the life of the data.</summary>
    [Required, MinLength(1)]
    public string ServiceId { get; set; } = "dispatch";

    /// <summary>Address that other nodes reach this silo by. Default: the first one of the machine that is not loopback.</summary>
    public string? Address { get; set; }

    /// <summary>Port for other silos. Default 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Port for API nodes. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// How long a silo waits for the answer to a probe of another one, to begin with; in service it adapts between half and one and a half times this. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// So many probes in a row must be missed before a silo is voted out, and nothing at all received from it for as long as they take at most
    /// (<see cref="ProbeTimeout"/> × 1.5 × this): a frozen or dead silo is gone after about 10 s, a busy one that still sends stays. Default 3.
    /// </summary>
    [Range(2, 20)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>
    /// How long a call of a grain may take before its outcome counts as unknown and it is repeated. Default 6 s: a call that went to a silo just killed or frozen comes back only with this,
    /// so it bounds from below how long such a command takes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// The same for what silos ask each other: directory, manifests. Default 10 s: calls to a silo that is voted out end with that, and a busy one must not lose them sooner.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SystemTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an API node asks which silos there are. Default 1 s: until it knows that one is gone, it sends to it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a process that is asked to end (SIGTERM, Ctrl-C) says that it is not ready before it closes anything, so that load balancers send it nothing more. Default 3 s in a cluster, none for
    /// a process of its own.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan? DrainDelay { get; set; }

    /// <summary>How long closing may take after that, until what is still under way is cut off. Default 45 s: longer than an API node repeats a command.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>What <see cref="DrainDelay"/> comes to.</summary>
    public TimeSpan EffectiveDrainDelay => DrainDelay ?? (Kind == "localhost" ? TimeSpan.Zero : TimeSpan.FromSeconds(3));
}
