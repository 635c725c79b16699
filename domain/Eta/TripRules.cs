using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>
/// Which recorded trips are ways from one place to another at all: neither a moment at the kerb nor a shift with breaks in it, not driven in a circle, no jump of
/// the receiver, and at a speed that is possible in a city. All limits belong to what is kept.
/// </summary>
public sealed record TripRules
{
    public static TripRules Default { get; } = new();

    /// <summary>Seconds.</summary>
    public double Shortest { get; init; } = 120;

    /// <summary>Seconds.</summary>
    public double Longest { get; init; } = 5_400;

    /// <summary>Straight metres between the two places.</summary>
    public double LeastStraight { get; init; } = 500;

    /// <summary>Driven metres per straight metre; a little below one, because places are only known so well.</summary>
    public double LeastDetour { get; init; } = 0.95;

    /// <summary>Kilometres an hour, mean over the driven metres.</summary>
    public double Slowest { get; init; } = 5;

    /// <summary>Kilometres an hour, mean over the driven metres.</summary>
    public double Fastest { get; init; } = 110;

    /// <param name="drivenMetres">What the vehicle's counter or track says; only judged here, never predicted from.</param>
    public bool Keep(ObservedTrip trip, double drivenMetres)
    {
        double seconds = trip.Duration.TotalSeconds;
        if (!(seconds >= Shortest && seconds <= Longest))
            return false;
        // Not divided, so that a trip exactly on a limit is on it.
        double straight = LocalMetric.Metres(trip.From, trip.To), paced = drivenMetres * 3.6;
        return straight >= LeastStraight && drivenMetres >= LeastDetour * straight && paced >= Slowest * seconds && paced <= Fastest * seconds;
    }
}
