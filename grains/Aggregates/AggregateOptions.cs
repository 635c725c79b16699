using System.ComponentModel.DataAnnotations;

namespace Dispatch.Grains.Aggregates;

/// <summary>Figures every stored grain uses. All times are process time.</summary>
public sealed class AggregateOptions
{
    /// <summary>How long an undrained outbox may lie before the sweep wakes its grain. Default 10 s; longer than a drain ever takes in health.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan OutboxGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a drained outbox may stay in the record, so that the next command's write removes it for nothing. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause before a failed drain is tried again. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Operations are remembered at least this long. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Operations are remembered at least this many. Default 256.</summary>
    [Range(1, 100_000)]
    public int RememberCount { get; set; } = 256;
}
