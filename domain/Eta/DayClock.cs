namespace Dispatch.Domain.Eta;

/// <summary>Where in the day a moment lies, on the clock of the streets: a day has no end, midnight follows it at once.</summary>
public static class DayClock
{
    /// <summary>Hours since local midnight, 0 up to, not including, 24.</summary>
    /// <param name="utcOffset">The local clock's lead on UTC. The offset that a moment is written with does not matter.</param>
    public static double Hours(DateTimeOffset moment, TimeSpan utcOffset)
    {
        long ticks = (moment.UtcTicks + utcOffset.Ticks) % TimeSpan.TicksPerDay;
        return (double)ticks / TimeSpan.TicksPerHour;
    }

    /// <summary>Hours between two times of day by the shorter way round, 0 to 12.</summary>
    public static double Apart(double a, double b)
    {
        double difference = Math.Abs(a - b);
        return Math.Min(difference, 24 - difference);
    }
}
