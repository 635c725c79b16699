namespace Dispatch.Storage.Clock;

/// <summary>Where business time stood at one moment of process time, and how fast it goes from there.</summary>
/// <param name="Speed">Seconds of business time per second of process time.</param>
public sealed record ClockAnchor(DateTimeOffset ProcessAt, DateTimeOffset BusinessAt, double Speed)
{
    public DateTimeOffset At(DateTimeOffset process) => BusinessAt + (process - ProcessAt) * Speed;
}
