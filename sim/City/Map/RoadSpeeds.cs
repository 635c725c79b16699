namespace Dispatch.Sim.City.Map;

/// <summary>How fast one gets along: by the kind of road and the hour.</summary>
public static class RoadSpeeds
{
    /// <summary>Metres per second without anybody in the way: 25, 32, 40 and 65 km/h, lights included.</summary>
    private static readonly double[] Free = [6.9, 8.9, 11.1, 18.0];

    /// <summary>Share of the free speed that is left, by hour of the day: two rush hours and an empty night.</summary>
    private static readonly double[] Hours = [1.1, 1.1, 1.1, 1.1, 1.1, 1.05, 1.0, 0.8, 0.72, 0.8, 0.9, 0.92, 0.9, 0.92, 0.92, 0.9, 0.82, 0.7, 0.72, 0.85, 0.95, 1.0, 1.05, 1.1];

    /// <param name="hour">Of the city's day, 0 to 24; between whole hours it goes evenly from one to the next.</param>
    public static double At(RoadClass road, double hour)
    {
        int from = (int)Math.Floor(hour) % 24;
        double part = hour - Math.Floor(hour);
        return Free[(int)road] * (Hours[from] * (1 - part) + Hours[(from + 1) % 24] * part);
    }

    /// <summary>What the free speed is, for finding the way; the hour slows all roads alike.</summary>
    public static double FreeAt(RoadClass road) => Free[(int)road];
}
