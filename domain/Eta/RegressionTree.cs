namespace Dispatch.Domain.Eta;

/// <summary>
/// A tree over features. An inner node sends a way left where its feature is at most the threshold; a leaf holds the observations that ended there, as ranks.
/// Flat arrays: node 0 is the root, a leaf has feature −1 and owns <c>Members[Left .. Left + Right)</c>.
/// </summary>
internal sealed record RegressionTree(int[] Feature, double[] Threshold, int[] Left, int[] Right, int[] Members)
{
    /// <summary>The observations that look like this way, as far as this tree can tell; never empty.</summary>
    public ReadOnlySpan<int> Like(ReadOnlySpan<double> features)
    {
        int node = 0;
        while (Feature[node] >= 0)
            node = features[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];
        return Members.AsSpan(Left[node], Right[node]);
    }
}
