namespace Dispatch.Domain.Eta;

/// <summary>
/// Many trees over the same observations, each grown on other ones. Asked about a way, every tree names the observations that are like it; all of them, weighted by
/// how often they are named, are a distribution, of which any quantile can be read (quantile regression forests, Meinshausen 2006).
/// </summary>
/// <param name="Values">The observed values in rising order: an observation's rank is its name in the trees.</param>
internal sealed record QuantileForest(double[] Values, IReadOnlyList<RegressionTree> Trees)
{
    /// <summary>Quantiles of what the whole forest finds.</summary>
    /// <param name="shares">Rising, between 0 and 1.</param>
    public void Read(ReadOnlySpan<double> features, ReadOnlySpan<double> shares, Span<double> quantiles) =>
        Read(features, Trees, shares, quantiles);

    /// <summary>Quantiles of what some of the trees find, at least one.</summary>
    public void Read(ReadOnlySpan<double> features, IEnumerable<RegressionTree> trees, ReadOnlySpan<double> shares, Span<double> quantiles)
    {
        double[] weights = new double[Values.Length];
        foreach (RegressionTree tree in trees)
        {
            ReadOnlySpan<int> like = tree.Like(features);
            double share = 1.0 / like.Length;
            foreach (int rank in like)
                weights[rank] += share;
        }
        Span<int> found = stackalloc int[shares.Length];
        Quantiles.At(weights, shares, found);
        for (int k = 0; k < found.Length; k++)
            quantiles[k] = Values[found[k]];
    }
}
