namespace Dispatch.Domain.Jobs;

/// <summary>Figures that decisions about jobs use.</summary>
/// <param name="DeviceClockAhead">How far a device's clock may be ahead of ours before its report is refused.</param>
public sealed record JobRules(TimeSpan DeviceClockAhead)
{
    public static JobRules Standard { get; } = new(TimeSpan.FromMinutes(1));
}
