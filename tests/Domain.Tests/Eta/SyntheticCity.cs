using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Tests.Eta;

/// <summary>
/// Trips of a city whose law is known: seconds = 20 × rush(hour) × metres^0.5, twice as long from the west, times noise whose quantiles are known too.
/// </summary>
internal static class SyntheticCity
{
    public const double Exponent = 0.5;

    /// <summary>Half the width of the noise on the logarithmic scale; it is uniform, so its quantiles are plain.</summary>
    public const double Noise = 0.6;

    public static readonly TimeSpan UtcOffset = TimeSpan.FromHours(8);

    public static readonly TravelTimeOptions Options = new(UtcOffset, Seed: 3, Trees: 40);

    private static readonly DateTimeOffset Day = new(2026, 3, 2, 0, 0, 0, UtcOffset);

    public static DateTimeOffset At(double hours) => Day.AddHours(hours);

    /// <summary>Streets are half as slow again from seven to nine and from five to seven.</summary>
    public static double Rush(double hours) => hours is (>= 7 and < 9) or (>= 17 and < 19) ? 1.5 : 1;

    public static double MedianSeconds(Place from, Place to, double hours, bool west) =>
        20 * Rush(hours) * Math.Sqrt(LocalMetric.Metres(from, to)) * (west && from.Lon < 114 ? 2 : 1);

    public static ObservedTrip[] Trips(int count, ulong seed, bool west = false, double fromHour = 0, double toHour = 24, double noise = Noise)
    {
        var chance = new Xoshiro(seed);
        var trips = new ObservedTrip[count];
        for (int i = 0; i < count; i++)
        {
            (Place from, Place to) = (Somewhere(ref chance), Somewhere(ref chance));
            double hours = fromHour + (chance.Unit() * (toHour - fromHour)), seconds = MedianSeconds(from, to, hours, west) * Math.Exp(noise * ((2 * chance.Unit()) - 1));
            trips[i] = new ObservedTrip($"d{chance.Below(60)}", from, to, At(hours), TimeSpan.FromSeconds(Math.Max(1, seconds)));
        }
        return trips;
    }

    public static Place Somewhere(ref Xoshiro chance) => new(113.9 + (0.2 * chance.Unit()), 22.45 + (0.15 * chance.Unit()));
}
