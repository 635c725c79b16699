namespace Dispatch.Sim.City.Demand;

/// <summary>How many requests come at what time of day: a broad morning, a dip at noon, a second rise after work, and a trickle at night.</summary>
public static class DemandCurve
{
    private static readonly double[] Hours = [0.15, 0.1, 0.05, 0.05, 0.05, 0.1, 0.25, 0.6, 1.1, 1.6, 1.7, 1.5, 1.0, 1.2, 1.3, 1.3, 1.3, 1.4, 1.5, 1.4, 1.1, 0.8, 0.5, 0.3];
    private static readonly double Sum = Hours.Sum();

    /// <summary>Share of the day's requests that come in that hour.</summary>
    public static double ShareOf(int hour) => Hours[hour] / Sum;

    /// <summary>The time of day by which that share of the day's requests has come.</summary>
    /// <param name="share">From 0 (inclusive) to 1 (exclusive).</param>
    public static TimeSpan TimeAt(double share)
    {
        for (int hour = 0; hour < 24; hour++)
        {
            double part = ShareOf(hour);
            if (share < part)
                return TimeSpan.FromHours(hour + share / part);
            share -= part;
        }
        return TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1);
    }
}
