using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Eta;

/// <summary>
/// Grows a forest in which each tree sees a share of the drivers and never the others, so that every observation can be predicted by trees that know nothing of its
/// driver: what the margins are measured on.
/// </summary>
internal sealed class ForestGrower
{
    /// <summary>Fewer drivers than this are too few to draw from: single observations are drawn instead.</summary>
    private const int LeastDrivers = 20;

    private readonly TravelTimeOptions options;
    private readonly double[][] columns;
    private readonly double[] targets, weights;
    private readonly int[] unit;
    private readonly bool[][] drawn;

    /// <param name="columns">For each feature, its value in each observation; observations in rising order of their values.</param>
    /// <param name="drivers">Who drove each observation.</param>
    public ForestGrower(double[][] columns, double[] targets, double[] weights, IReadOnlyList<string> drivers, TravelTimeOptions options)
    {
        (this.columns, this.targets, this.weights, this.options) = (columns, targets, weights, options);
        string[] names = [.. drivers.Distinct().Order(StringComparer.Ordinal)];
        Units = names.Length >= LeastDrivers ? names.Length : targets.Length;
        unit = names.Length >= LeastDrivers
            ? [.. drivers.Select(d => Array.BinarySearch(names, d, StringComparer.Ordinal))]
            : [.. Enumerable.Range(0, targets.Length)];
        drawn = new bool[options.Trees][];
    }

    private int Units { get; }

    public QuantileForest Grow(double[] values)
    {
        var trees = new RegressionTree[options.Trees];
        for (int k = 0; k < trees.Length; k++)
        {
            ulong seed = options.Seed + (0x9E37_79B9UL * (ulong)k);
            drawn[k] = Draw(new Xoshiro(seed));
            int[] observations = [.. Enumerable.Range(0, targets.Length).Where(i => drawn[k][unit[i]])];
            trees[k] = new TreeGrower(columns, targets, weights, options.LeastInLeaf, options.FeaturesPerSplit, ~seed).Grow(observations);
        }
        return new QuantileForest(values, trees);
    }

    /// <summary>The trees that have never seen the driver of this observation.</summary>
    public IEnumerable<RegressionTree> Unaware(QuantileForest forest, int observation)
    {
        for (int k = 0; k < drawn.Length; k++)
        {
            if (!drawn[k][unit[observation]])
                yield return forest.Trees[k];
        }
    }

    private bool[] Draw(Xoshiro chance)
    {
        int[] order = [.. Enumerable.Range(0, Units)];
        chance.Shuffle(order);
        var taken = new bool[Units];
        foreach (int i in order.AsSpan(0, Math.Max(1, (int)(Units * options.Share))))
            taken[i] = true;
        return taken;
    }
}
