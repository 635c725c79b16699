namespace Dispatch.Domain.Routing;

/// <summary>For each job the nearest other jobs, itself first, by mean travel of both directions; ties by number.</summary>
internal sealed class Neighbours
{
    /// <summary>How many count for <see cref="MeanNear"/>.</summary>
    private const int Near = 10;

    private readonly int[] lists;
    private readonly int length;

    public Neighbours(RoutingProblem problem, int atMost)
    {
        length = Math.Min(problem.Jobs, atMost + 1);
        lists = new int[problem.Jobs * length];
        // Distance above, number below, in one sortable key: distances fit 31 bits.
        ulong[] keys = new ulong[problem.Jobs];
        double sum = 0;
        long count = 0;
        for (int j = 0; j < problem.Jobs; j++)
        {
            for (int k = 0; k < problem.Jobs; k++)
                keys[k] = (k == j ? 0 : (Apart(problem, j, k) + 1) << 32) | (uint)k;
            Array.Sort(keys);
            for (int i = 0; i < length; i++)
            {
                lists[(j * length) + i] = (int)(uint)keys[i];
                ulong apart = keys[i] >> 32;
                if (i is > 0 and <= Near && apart <= RoutingProblem.Unreachable)
                    (sum, count) = (sum + apart - 1, count + 1);
            }
        }

        MeanNear = count == 0 ? 0 : sum / count;
    }

    /// <summary>Mean travel to the ten nearest: the scale of what one change can gain or lose.</summary>
    public double MeanNear { get; }

    public ReadOnlySpan<int> Of(int job) => lists.AsSpan(job * length, length);

    private static ulong Apart(RoutingProblem problem, int a, int b)
    {
        int from = problem.FirstNode[a];
        int to = problem.FirstNode[b];
        // A job without any window left has no node, and one that floats no place; it is nobody's neighbour.
        if (from == problem.FirstNode[a + 1] || to == problem.FirstNode[b + 1] || problem.PlaceOf[from] < 0 || problem.PlaceOf[to] < 0)
            return RoutingProblem.Unreachable;
        return ((ulong)problem.TravelBetween(from, to) + (ulong)problem.TravelBetween(to, from)) / 2;
    }
}
