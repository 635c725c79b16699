namespace Dispatch.Domain.Eta;

/// <summary>
/// Finds the power law with the least sum of absolute errors in seconds: that is the median, which a few very long ways do not move. For each exponent of
/// a grid, a slot's factor is the weighted median of seconds / metres^exponent, weighted by metres^exponent (which makes it the least absolute error in seconds)
/// and by nearness in time of day; the exponent with the smallest error wins.
/// </summary>
internal static class PowerLawFit
{
    private const double Lowest = 0.2, Highest = 1.2, Step = 0.01;

    /// <summary>Hours. Narrow enough for a rush hour, wide enough that a quiet hour of the night borrows from its neighbours.</summary>
    private const double Bandwidth = 0.75;

    /// <summary>What every trip counts at any time of day, so that a time nobody drove at takes after the whole day.</summary>
    private const double Floor = 1e-3;

    /// <param name="metres">Straight metres of each way, above 0.</param>
    /// <param name="hours">Hours since local midnight.</param>
    public static PowerLaw Of(ReadOnlySpan<double> metres, double[] hours, double[] seconds, TimeSpan utcOffset)
    {
        double[][] nearness = [.. Enumerable.Range(0, PowerLaw.Slots).Select(slot => Nearness((slot + 0.5) * 24 / PowerLaw.Slots, hours))];
        PowerLaw? best = null;
        double least = double.PositiveInfinity;
        for (double exponent = Lowest; exponent <= Highest; exponent += Step)
        {
            var law = new PowerLaw(exponent, Factors(metres, seconds, exponent, nearness), utcOffset);
            double error = 0;
            for (int i = 0; i < seconds.Length; i++)
                error += Math.Abs(seconds[i] - law.Seconds(metres[i], hours[i]));
            if (error < least)
                (best, least) = (law, error);
        }
        return best!;
    }

    private static double[] Factors(ReadOnlySpan<double> metres, double[] seconds, double exponent, double[][] nearness)
    {
        int count = seconds.Length;
        double[] power = new double[count], rate = new double[count], weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            power[i] = Math.Pow(metres[i], exponent);
            rate[i] = seconds[i] / power[i];
        }
        int[] rising = Quantiles.Rising(rate);
        double[] factors = new double[PowerLaw.Slots];
        for (int slot = 0; slot < factors.Length; slot++)
        {
            for (int i = 0; i < count; i++)
                weights[i] = power[i] * nearness[slot][i];
            factors[slot] = rate[Quantiles.At(rising, weights, 0.5)];
        }
        return factors;
    }

    private static double[] Nearness(double centre, double[] hours) =>
    [
        .. hours.Select(hour =>
        {
            double distance = DayClock.Apart(centre, hour) / Bandwidth;
            return Math.Exp(-distance * distance / 2) + Floor;
        }),
    ];
}
