namespace Dispatch.Domain.Eta;

/// <summary>
/// By how much the forest's own interval must be widened (or narrowed, below 0) so that it holds what it promises, on a logarithmic scale, for each hour of
/// the day and each band of distance. Conformal: margins are quantiles of how far observations lay outside the interval of trees that did not know their driver.
/// </summary>
/// <remarks>Conformalised quantile regression (Romano, Patterson, Candès 2019), each end on its own; localised by weights instead of cut into groups, because some hours have forty trips.</remarks>
internal sealed record IntervalMargins(double[] BandCentres, double[] Low, double[] High)
{
    public const int Hours = 24;

    private const double HourBandwidth = 1.5, DistanceBandwidth = 0.4;

    /// <summary>What every observation counts everywhere: where few are near, the margin takes after all of them.</summary>
    private const double Floor = 0.05;

    private static readonly double[] BandShares = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];

    /// <summary>How far down and up an interval moves for a way of this logarithm of metres at this hour.</summary>
    public (double Low, double High) At(double logMetres, double hours)
    {
        int band = 0;
        for (int b = 1; b < BandCentres.Length; b++)
        {
            if (Math.Abs(BandCentres[b] - logMetres) < Math.Abs(BandCentres[band] - logMetres))
                band = b;
        }
        int cell = (band * Hours) + (int)hours;
        return (Low[cell], High[cell]);
    }

    /// <param name="lowScore">For each observation the logarithm of the interval's lower end over what was observed.</param>
    /// <param name="highScore">The logarithm of what was observed over the upper end.</param>
    /// <param name="outside">The share that may lie beyond each end.</param>
    public static IntervalMargins Of(double[] logMetres, double[] hours, double[] lowScore, double[] highScore, double outside)
    {
        int[] byDistance = Quantiles.Rising(logMetres), byLow = Quantiles.Rising(lowScore), byHigh = Quantiles.Rising(highScore);
        double[] centres = [.. BandShares.Select(share => logMetres[byDistance[(int)(share * (byDistance.Length - 1))]])];
        double[] low = new double[centres.Length * Hours], high = new double[low.Length], weights = new double[logMetres.Length];
        for (int cell = 0; cell < low.Length; cell++)
        {
            double hour = (cell % Hours) + 0.5, centre = centres[cell / Hours];
            for (int i = 0; i < weights.Length; i++)
            {
                double h = DayClock.Apart(hours[i], hour) / HourBandwidth, d = (logMetres[i] - centre) / DistanceBandwidth;
                weights[i] = Math.Exp(-((h * h) + (d * d)) / 2) + Floor;
            }
            low[cell] = lowScore[Quantiles.At(byLow, weights, 1 - outside)];
            high[cell] = highScore[Quantiles.At(byHigh, weights, 1 - outside)];
        }
        return new IntervalMargins(centres, low, high);
    }
}
