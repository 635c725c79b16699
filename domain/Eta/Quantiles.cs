namespace Dispatch.Domain.Eta;

/// <summary>Weighted quantiles: the first value, in rising order, up to which at least the asked share of all weight lies.</summary>
internal static class Quantiles
{
    /// <param name="rising">Indices of the weights in rising order of their values.</param>
    /// <returns>The index of the quantile; weights are not negative and not all zero.</returns>
    public static int At(ReadOnlySpan<int> rising, ReadOnlySpan<double> weights, double share)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        double sum = 0, wanted = share * total;
        foreach (int i in rising)
        {
            sum += weights[i];
            if (sum >= wanted && weights[i] > 0)
                return i;
        }
        return rising[^1];
    }

    /// <summary>The same for weights that stand in rising order of their values already; several shares in rising order at once.</summary>
    public static void At(ReadOnlySpan<double> weights, ReadOnlySpan<double> shares, Span<int> found)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        double sum = 0;
        int next = 0;
        for (int i = 0; i < weights.Length && next < shares.Length; i++)
        {
            sum += weights[i];
            while (next < shares.Length && weights[i] > 0 && sum >= shares[next] * total)
                found[next++] = i;
        }
        while (next < shares.Length)
            found[next++] = weights.Length - 1;
    }

    /// <summary>Indices of values in rising order; equal ones keep theirs.</summary>
    public static int[] Rising(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(order, (a, b) => values[a] != values[b] ? values[a].CompareTo(values[b]) : a.CompareTo(b));
        return order;
    }
}
