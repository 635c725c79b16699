using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Eta;

/// <summary>
/// Grows one tree: each node takes, of a few features drawn by chance, the split after which the targets differ least within both sides (weighted squares), as
/// in Breiman's random forests (2001). A node that cannot be split without a side smaller than the least becomes a leaf.
/// </summary>
internal sealed class TreeGrower
{
    private readonly double[][] columns;
    private readonly double[] targets, weights;
    private readonly int leastInLeaf, featuresPerSplit;
    private readonly List<int> feature = [], left = [], right = [];
    private readonly List<double> threshold = [];
    private readonly int[] features, order;
    private readonly double[] keys;
    private int[] members = [];
    private Xoshiro chance;

    /// <param name="columns">For each feature, its value in each observation.</param>
    public TreeGrower(double[][] columns, double[] targets, double[] weights, int leastInLeaf, int featuresPerSplit, ulong seed)
    {
        (this.columns, this.targets, this.weights, this.leastInLeaf, this.featuresPerSplit) = (columns, targets, weights, leastInLeaf, featuresPerSplit);
        features = [.. Enumerable.Range(0, columns.Length)];
        order = new int[targets.Length];
        keys = new double[targets.Length];
        chance = new Xoshiro(seed);
    }

    /// <summary>A tree of these observations, at least one.</summary>
    public RegressionTree Grow(int[] observations)
    {
        members = observations;
        Node(0, members.Length);
        return new RegressionTree([.. feature], [.. threshold], [.. left], [.. right], members);
    }

    private int Node(int start, int count)
    {
        int node = feature.Count;
        feature.Add(-1);
        threshold.Add(0);
        left.Add(start);
        right.Add(count);
        if (count < 2 * leastInLeaf || !Split(start, count, out int chosen, out double at))
            return node;
        int middle = Part(start, count, chosen, at);
        (feature[node], threshold[node]) = (chosen, at);
        left[node] = Node(start, middle - start);
        right[node] = Node(middle, start + count - middle);
        return node;
    }

    private bool Split(int start, int count, out int chosen, out double at)
    {
        (chosen, at) = (-1, 0);
        double sum = 0, weight = 0;
        foreach (int i in members.AsSpan(start, count))
        {
            sum += weights[i] * targets[i];
            weight += weights[i];
        }
        double best = (sum * sum / weight) + 1e-12;
        chance.Shuffle(features);
        foreach (int candidate in features.AsSpan(0, featuresPerSplit))
        {
            double[] column = columns[candidate];
            for (int k = 0; k < count; k++)
            {
                order[k] = members[start + k];
                keys[k] = column[order[k]];
            }
            Array.Sort(keys, order, 0, count);
            double below = 0, belowWeight = 0;
            for (int k = 0; k < count - leastInLeaf; k++)
            {
                int i = order[k];
                below += weights[i] * targets[i];
                belowWeight += weights[i];
                if (k + 1 < leastInLeaf || keys[k] == keys[k + 1])
                    continue;
                double gain = (below * below / belowWeight) + ((sum - below) * (sum - below) / (weight - belowWeight));
                if (gain > best)
                    (best, chosen, at) = (gain, candidate, keys[k] + ((keys[k + 1] - keys[k]) / 2));
            }
        }
        return chosen >= 0;
    }

    /// <summary>Moves what goes left before what goes right, each in its order, and returns where the right begins.</summary>
    private int Part(int start, int count, int chosen, double at)
    {
        double[] column = columns[chosen];
        int lefts = start, rights = 0;
        for (int k = start; k < start + count; k++)
        {
            if (column[members[k]] <= at)
                members[lefts++] = members[k];
            else
                order[rights++] = members[k];
        }
        Array.Copy(order, 0, members, lefts, rights);
        return lefts;
    }
}
