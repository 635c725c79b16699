namespace Dispatch.Domain.Routing;

/// <summary>The orders in which unserved jobs are put back: at random, hardest first in one sense or another, or from the outside in.</summary>
internal sealed class JobOrders
{
    // Weights out of the sum: how often each order is drawn.
    private const int AtRandom = 4;
    private readonly (int Weight, long[] Key)[] keyed;
    private readonly int sum;
    private long[] scratch = new long[64];

    public JobOrders(RoutingProblem problem)
    {
        var able = new long[problem.Jobs];
        var near = new long[problem.Jobs];
        var opens = new long[problem.Jobs];
        var closes = new long[problem.Jobs];
        var width = new long[problem.Jobs];
        for (var j = 0; j < problem.Jobs; j++)
        {
            near[j] = long.MaxValue;
            opens[j] = long.MaxValue;
            for (var t = 0; t < problem.Technicians; t++)
            {
                able[j] += 2 - (int)problem.RuleOf(t, j);
                if (problem.FirstNode[j] < problem.FirstNode[j + 1] && problem.PlaceOf[problem.FirstNode[j]] >= 0)
                {
                    near[j] = Math.Min(near[j], problem.TravelBetween(problem.StartNode(t), problem.FirstNode[j]));
                }
            }

            for (var n = problem.FirstNode[j]; n < problem.FirstNode[j + 1]; n++)
            {
                opens[j] = Math.Min(opens[j], problem.Open[n]);
                closes[j] = Math.Max(closes[j], problem.Close[n]);
                width[j] += problem.Close[n] - problem.Open[n];
            }
        }

        keyed =
        [
            (3, able),
            (2, [.. near.Select(distance => -distance)]),
            (1, near),
            (2, width),
            (2, opens),
            (2, [.. closes.Select(close => -close)]),
        ];
        sum = AtRandom + keyed.Sum(order => order.Weight);
    }

    public void Sort(Span<int> jobs, ref Xoshiro chance)
    {
        // Shuffled first in any case, so that equal keys come in a drawn order too.
        chance.Shuffle(jobs);
        var draw = chance.Below(sum) - AtRandom;
        foreach (var (weight, key) in keyed)
        {
            if (draw < 0)
            {
                return;
            }

            draw -= weight;
            if (draw < 0)
            {
                SortBy(jobs, key);
            }
        }
    }

    // Insertion sort: few jobs, and equal keys keep their order, which the library's sort does not promise.
    private void SortBy(Span<int> jobs, long[] key)
    {
        if (scratch.Length < jobs.Length)
        {
            scratch = new long[jobs.Length * 2];
        }

        for (var i = 0; i < jobs.Length; i++)
        {
            var job = jobs[i];
            var value = key[job];
            var at = i;
            while (at > 0 && scratch[at - 1] > value)
            {
                jobs[at] = jobs[at - 1];
                scratch[at] = scratch[at - 1];
                at--;
            }

            jobs[at] = job;
            scratch[at] = value;
        }
    }
}
