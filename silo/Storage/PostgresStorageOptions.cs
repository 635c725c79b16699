using System.ComponentModel.DataAnnotations;

namespace Dispatch.Storage;

/// <summary>Which PostgreSQL (15 or newer) keeps everything. Checked at start; a wrong value stops it.</summary>
public sealed class PostgresStorageOptions
{
    /// <summary>In Npgsql's form, for example <c>Host=db;Username=dispatch;Password=…;Database=dispatch</c>. The tables are made in the first schema of its search path.</summary>
    [Required(AllowEmptyStrings = false)]
    public string ConnectionString { get; set; } = "";

    /// <summary>Part of the key of every grain record; with Orleans, the cluster's service id. Default <c>dispatch</c>.</summary>
    [Required(AllowEmptyStrings = false), StringLength(150)]
    public string ServiceId { get; set; } = "dispatch";

    /// <summary>Connections of this process at most, all purposes together. Default 20.</summary>
    [Range(8, 1000)]
    public int Connections { get; set; } = 20;

    /// <summary>How long work waits for a lock, and how long the server lets a silent transaction keep one, in seconds. Default 10.</summary>
    [Range(1, 600)]
    public int LockSeconds { get; set; } = 10;

    /// <summary>How long a starting host waits for a server that is not there yet, in seconds; then it does not start. Default 30.</summary>
    [Range(0, 3600)]
    public int StartPatienceSeconds { get; set; } = 30;

    /// <summary>Threads that write, each with a connection of its own. Default 6.</summary>
    [Range(1, 256)]
    public int WriteConnections { get; set; } = 6;

    /// <summary>Threads that read, each with a connection of its own. Default 4.</summary>
    [Range(1, 256)]
    public int ReadConnections { get; set; } = 4;

    /// <summary>Writes, and reads, that wait at most; a caller beyond that waits for room without holding a thread. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>How often work that lost against another host's (deadlock, serialization) is run in all. Default 5.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>How long a probe waits for its own write before it reports that storage does not answer, in milliseconds. Default 5,000.</summary>
    [Range(10, 600_000)]
    public int ProbeTimeoutMilliseconds { get; set; } = 5000;

    /// <exception cref="ValidationException">A value is missing or out of its range; the message names it.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
