namespace Dispatch.Domain.Jobs;

/// <summary>Figures that decisions about jobs use.</summary>
/// <param name="DeviceClockAhead">How far a device's clock may be ahead of ours before its report is refused.</param>
/// <param name="CloseAfterDelivery">A returned device about which nobody has said anything for so long closes its job.</param>
public sealed record JobRules(TimeSpan DeviceClockAhead, TimeSpan CloseAfterDelivery)
{
    public static JobRules Standard { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromDays(2));

    /// <summary>When a delivered job closes by itself; null while it is not delivered.</summary>
    public DateTimeOffset? CloseAt(JobState job) => job.Status == JobStatus.Delivered ? job.MailIn?.DeliveredAt + CloseAfterDelivery : null;
}
