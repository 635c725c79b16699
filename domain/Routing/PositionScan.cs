using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dispatch.Domain.Routing;

/// <summary>Judges the positions of a stretch eight at a time: the arithmetic of <see cref="Segment"/>, side by side.</summary>
internal static class PositionScan
{
    private const int Width = 8;

    /// <summary>The cheapest position for a node, the first of equals, and what it adds; position 0 where nothing costs less than <paramref name="limit"/>.</summary>
    /// <param name="problem">The problem; the node has a place and is a job's or a depot's.</param>
    /// <param name="technician">Whose route it is.</param>
    /// <param name="stretch">The stops.</param>
    /// <param name="duration">Duration of the route as it is: what the node adds is counted against it.</param>
    /// <param name="done">Its end, where overtime has a price.</param>
    /// <param name="node">What to insert. Its own fixed cost is not counted.</param>
    /// <param name="from">First position.</param>
    /// <param name="until">Position after the last.</param>
    /// <param name="limit">Only what adds less counts.</param>
    public static (long Delta, int At) Cheapest(
        RoutingProblem problem, int technician, in Stretch stretch, int duration, long done, int node, int from, int until, long limit)
    {
        (long Delta, int At) best = (limit, 0);
        int place = problem.PlaceOf[node];
        int open = (int)problem.Open[node];
        int close = (int)problem.Close[node];
        int service = (int)problem.Service[node];
        ref int back = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(problem.TravelBack), (nint)place * problem.Places);
        ref int onward = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(problem.Travel), (nint)place * problem.Places);
        bool overtime = problem.OvertimePrice is not null;
        for (int at = from; at < until; at += Width)
        {
            Vector256<int> there = Gather(ref back, ref Unsafe.Add(ref stretch.PlaceBefore, at));
            Vector256<int> on = Gather(ref onward, ref Unsafe.Add(ref stretch.PlaceAfter, at));
            Vector256<int> longer = Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.PrefixDuration, at)) + there;
            Vector256<int> earliest = Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.PrefixEarliest, at));
            Vector256<int> latest = Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.PrefixLatest, at));
            Vector256<int> suffixLatest = Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.SuffixLatest, at));
            Vector256<int> arrives = earliest + longer;
            Vector256<int> fits = Vector256.LessThanOrEqual(arrives, Vector256.Create(close))
                & Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(until - at));
            // Where the node is reached too late sums may wrap around; those positions are out already.
            Vector256<int> leaves = Vector256.Max(arrives, Vector256.Create(open)) + Vector256.Create(service);
            fits &= Vector256.LessThanOrEqual(leaves + on, suffixLatest);
            uint mask = fits.ExtractMostSignificantBits();
            if (mask == 0)
                continue;
            Vector256<int> detour = there + on - Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.Leg, at));
            if (problem.DurationWeight == 0 && !overtime)
            {
                Take(detour, fits, at, problem.TravelWeight, ref best);
                continue;
            }

            Vector256<int> gap = Vector256.Create(open) - longer;
            Vector256<int> wait = Vector256.Max(gap - latest, Vector256<int>.Zero);
            Vector256<int> run = longer + Vector256.Create(service) + wait + on;
            Vector256<int> runEarliest = Vector256.Max(gap, earliest) - wait;
            Vector256<int> runLatest = Vector256.Min(Vector256.Create(close) - longer, latest);
            Vector256<int> rest = Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.SuffixEarliest, at)) - run;
            Vector256<int> secondWait = Vector256.Max(rest - runLatest, Vector256<int>.Zero);
            Vector256<int> total = run + Vector256.LoadUnsafe(ref Unsafe.Add(ref stretch.SuffixDuration, at)) + secondWait;
            Vector256<int> longerBy = total - Vector256.Create(duration);
            if (problem.TravelWeight == 0 && !overtime)
            {
                Take(longerBy, fits, at, problem.DurationWeight, ref best);
                continue;
            }

            Vector256<int> ends = Vector256.Max(rest, runEarliest) - secondWait + total;
            long old = problem.CostOfOvertime(technician, done);
            for (; mask != 0; mask &= mask - 1)
            {
                int lane = System.Numerics.BitOperations.TrailingZeroCount(mask);
                long delta = (problem.DurationWeight * longerBy[lane]) + (problem.TravelWeight * detour[lane]) + problem.CostOfOvertime(technician, ends[lane]) - old;
                if (delta < best.Delta)
                    best = (delta, at + lane);
            }
        }

        return best;
    }

    private static void Take(Vector256<int> key, Vector256<int> fits, int at, long weight, ref (long Delta, int At) best)
    {
        Vector256<int> able = Vector256.ConditionalSelect(fits, key, Vector256.Create(int.MaxValue));
        Vector128<int> half = Vector128.Min(able.GetLower(), able.GetUpper());
        half = Vector128.Min(half, Vector128.Shuffle(half, Vector128.Create(2, 3, 0, 1)));
        int least = Math.Min(half[0], half[1]);
        if (weight * least < best.Delta)
            best = (weight * least, at + System.Numerics.BitOperations.TrailingZeroCount(Vector256.Equals(able, Vector256.Create(least)).ExtractMostSignificantBits()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Gather(ref int row, ref int places) => Vector256.Create(
        Unsafe.Add(ref row, places),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 1)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 2)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 3)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 4)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 5)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 6)),
        Unsafe.Add(ref row, Unsafe.Add(ref places, 7)));
}
