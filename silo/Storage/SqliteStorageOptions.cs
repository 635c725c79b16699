using System.ComponentModel.DataAnnotations;

namespace Dispatch.Storage;

/// <summary>Where and how the one database file of a host is kept. Checked at start; a wrong value stops it.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>The database file; two files beside it, <c>-wal</c> and <c>-shm</c>, belong to it. Its folder is made if missing. Default <c>data/dispatch.db</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Path { get; set; } = System.IO.Path.Combine("data", "dispatch.db");

    /// <summary>Part of the key of every grain record; keep it for the life of the data. Default <c>dispatch</c>.</summary>
    [Required(AllowEmptyStrings = false), StringLength(150)]
    public string ServiceId { get; set; } = "dispatch";

    /// <summary>Writes that share one commit at most. More raise throughput under load and what a failed commit takes with it. Default 1,024.</summary>
    [Range(1, 65_536)]
    public int MaxBatchItems { get; set; } = 1024;

    /// <summary>How long a batch takes further writes before it commits, in milliseconds; it never waits for them. Default 20.</summary>
    [Range(1, 10_000)]
    public int MaxBatchMilliseconds { get; set; } = 20;

    /// <summary>Writes that wait at most; a caller beyond that waits for room without holding a thread. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int WriteQueueCapacity { get; set; } = 8192;

    /// <summary>Threads that read, each with a connection of its own. Default 4.</summary>
    [Range(1, 64)]
    public int ReadConnections { get; set; } = 4;

    /// <summary>Reads that wait at most. Default 8,192.</summary>
    [Range(1, 1_000_000)]
    public int ReadQueueCapacity { get; set; } = 8192;

    /// <summary>How long to wait for a lock that another process holds, in milliseconds. Default 5,000.</summary>
    [Range(0, 600_000)]
    public int BusyTimeoutMilliseconds { get; set; } = 5000;

    /// <summary>Pages in the write-ahead log after which a commit also moves them into the database file. Default 4,000, about 16 MB.</summary>
    [Range(100, 1_000_000)]
    public int WalAutoCheckpointPages { get; set; } = 4000;

    /// <summary>Page cache of the writer, in KB; each reader has a quarter of it. Default 64 MB.</summary>
    [Range(1024, 16_777_216)]
    public int CacheKilobytes { get; set; } = 65_536;

    /// <summary>How long a probe waits for its own write before it reports that storage does not answer, in milliseconds. Default 5,000.</summary>
    [Range(10, 600_000)]
    public int ProbeTimeoutMilliseconds { get; set; } = 5000;

    /// <exception cref="ValidationException">A value is missing or out of its range; the message names it.</exception>
    public void Validate() => Validator.ValidateObject(this, new ValidationContext(this), validateAllProperties: true);
}
