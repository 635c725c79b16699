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

    /// <summary>How long a call of a grain may take before its outcome counts as unknown. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an API node asks which silos there are. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:05:00")]
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(3);
}
