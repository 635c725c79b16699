namespace Dispatch.Domain.Routing;

/// <summary>For each job the nearest other jobs, itself first, by mean travel of both directions; ties by number.</summary>
internal sealed class Neighbours
{
    private readonly int[] lists;
    private readonly int length;

    public Neighbours(RoutingProblem problem, int atMost)
    {
        length = Math.Min(problem.Jobs, atMost + 1);
        lists = new int[problem.Jobs * length];
        var distance = new long[problem.Jobs];
        var order = new int[problem.Jobs];
        double sum = 0;
        long count = 0;
        for (var j = 0; j < problem.Jobs; j++)
        {
            for (var k = 0; k < problem.Jobs; k++)
            {
                distance[k] = k == j ? -1 : Apart(problem, j, k);
                order[k] = k;
            }

            Array.Sort(order, (a, b) => distance[a] != distance[b] ? distance[a].CompareTo(distance[b]) : a.CompareTo(b));
            order.AsSpan(0, length).CopyTo(lists.AsSpan(j * length));
            for (var i = 1; i < Math.Min(length, 11); i++)
            {
                if (distance[order[i]] < RoutingProblem.Unreachable)
                {
                    sum += distance[order[i]];
                    count++;
                }
            }
        }

        MeanNear = count == 0 ? 0 : sum / count;
    }

    /// <summary>Mean travel to the ten nearest: the scale of what one change can gain or lose.</summary>
    public double MeanNear { get; }

    public ReadOnlySpan<int> Of(int job) => lists.AsSpan(job * length, length);

    private static long Apart(RoutingProblem problem, int a, int b)
    {
        var from = problem.FirstNode[a];
        var to = problem.FirstNode[b];
        // A job without any window left has no node; it is nobody's neighbour.
        if (from == problem.FirstNode[a + 1] || to == problem.FirstNode[b + 1])
        {
            return long.MaxValue;
        }

        return ((long)problem.TravelBetween(from, to) + problem.TravelBetween(to, from)) / 2;
    }
}
