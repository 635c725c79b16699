namespace Dispatch.Domain.Eta;

/// <summary>
/// The formula of a city: seconds = factor(time of day) × metres^exponent over the straight distance. It knows no places, only that long ways are faster than
/// short ones and that streets fill and empty; it never falls as the distance grows.
/// </summary>
public sealed class PowerLaw
{
    /// <summary>The factor is known at the middle of so many equal parts of the day, and between them by straight lines, so that nobody arrives sooner by leaving later.</summary>
    public const int Slots = 96;

    private readonly double[] factors;

    /// <param name="exponent">Above 0, at most 1.5.</param>
    /// <param name="factors">Seconds for one metre, above 0: one for each slot of the local day.</param>
    /// <param name="utcOffset">The local clock's lead on UTC.</param>
    public PowerLaw(double exponent, IReadOnlyList<double> factors, TimeSpan utcOffset)
    {
        if (!(exponent is > 0 and <= 1.5))
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "The exponent must be above 0 and at most 1.5.");
        if (factors.Count != Slots || factors.Any(f => !(f > 0) || !double.IsFinite(f)))
            throw new ArgumentException($"There must be {Slots} factors above 0.", nameof(factors));
        Exponent = exponent;
        this.factors = [.. factors];
        UtcOffset = utcOffset;
    }

    public double Exponent { get; }

    public IReadOnlyList<double> Factors => factors;

    public TimeSpan UtcOffset { get; }

    /// <summary>Seconds for a way of so many straight metres (not negative) that begins at this moment.</summary>
    public double Seconds(double metres, DateTimeOffset departure) => Seconds(metres, DayClock.Hours(departure, UtcOffset));

    /// <summary>The same by hours since local midnight, 0 up to, not including, 24.</summary>
    public double Seconds(double metres, double hours) => Factor(hours) * Math.Pow(metres, Exponent);

    private double Factor(double hours)
    {
        double position = (hours * (Slots / 24.0)) - 0.5;
        int before = (int)Math.Floor(position), after = before + 1;
        double share = position - before;
        return ((1 - share) * factors[before < 0 ? Slots - 1 : before]) + (share * factors[after == Slots ? 0 : after]);
    }
}
