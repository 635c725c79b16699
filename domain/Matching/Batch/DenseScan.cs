using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dispatch.Domain.Matching.Batch;

/// <summary>Passes over one row of a cost matrix, several columns at once. Nothing is allocated. Compiled in full at once: without, the first batch takes several times as long.</summary>
internal static class DenseScan
{
    private static readonly Vector<long> Steps = Vector.CreateSequence(0L, 1L);

    /// <summary>The two smallest of cost minus price, and the column of the smallest: the first of equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Smallest, int At, long Second) TwoSmallest(ReadOnlySpan<long> costs, ReadOnlySpan<long> prices)
    {
        Vector<long> least = new(long.MaxValue), second = least, at = Vector<long>.Zero, here = Steps, width = new(Vector<long>.Count);
        int i = 0;
        for (; i <= costs.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            Vector<long> reduced = At(costs, i) - At(prices, i);
            Vector<long> less = Vector.LessThan(reduced, least);
            second = Vector.ConditionalSelect(less, least, Vector.Min(second, reduced));
            at = Vector.ConditionalSelect(less, here, at);
            least = Vector.Min(least, reduced);
            here += width;
        }

        (long smallest, int column, long next) = (long.MaxValue, -1, long.MaxValue);
        for (int lane = 0; i > 0 && lane < Vector<long>.Count; lane++)
        {
            Take(least[lane], (int)at[lane], ref smallest, ref column, ref next);
            next = Math.Min(next, second[lane]);
        }

        for (; i < costs.Length; i++)
            Take(costs[i] - prices[i], i, ref smallest, ref column, ref next);
        return (smallest, column, next);
    }

    /// <summary>
    /// One step of a shortest path search: every column is reached from this row at cost minus price plus <paramref name="offset"/>, where that is nearer. Then the nearest column by
    /// key, which is twice the distance plus <paramref name="marks"/>: 0 for a free column, so that it comes first of equals, 1 for another, <see cref="Done"/> for one left behind.
    /// </summary>
    /// <param name="from">Row from which each column is reached.</param>
    /// <returns>The nearest column and its distance; column -1 where none is left to reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (long Distance, int At) Relax(ReadOnlySpan<long> costs, ReadOnlySpan<long> prices, long offset, long row, Span<long> distances, Span<long> from, ReadOnlySpan<long> marks)
    {
        Vector<long> least = new(long.MaxValue), at = Vector<long>.Zero, here = Steps, width = new(Vector<long>.Count), add = new(offset), rows = new(row);
        int i = 0;
        for (; i <= costs.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            Vector<long> distance = At(distances, i), through = At(costs, i) - At(prices, i) + add, nearer = Vector.LessThan(through, distance);
            if (nearer != Vector<long>.Zero)
            {
                distance = Vector.Min(through, distance);
                distance.CopyTo(distances[i..]);
                Vector.ConditionalSelect(nearer, rows, At(from, i)).CopyTo(from[i..]);
            }

            Vector<long> key = distance + distance + At(marks, i), less = Vector.LessThan(key, least);
            at = Vector.ConditionalSelect(less, here, at);
            least = Vector.Min(least, key);
            here += width;
        }

        (long smallest, int column) = (long.MaxValue, -1);
        for (int lane = 0; i > 0 && lane < Vector<long>.Count; lane++)
            if (least[lane] < smallest || (least[lane] == smallest && at[lane] < column))
                (smallest, column) = (least[lane], (int)at[lane]);
        for (; i < costs.Length; i++)
        {
            if (costs[i] - prices[i] + offset is var through && through < distances[i])
                (distances[i], from[i]) = (through, row);
            if ((2 * distances[i]) + marks[i] is var key && key < smallest)
                (smallest, column) = (key, i);
        }

        return smallest >= Beyond ? (Beyond, -1) : (distances[column], column);
    }

    /// <summary>No distance along allowed pairs is as far, and twice one that is not allowed still fits below <see cref="Done"/>.</summary>
    public const long Beyond = 1L << 60;

    /// <summary>Puts the key of any column out of question.</summary>
    public const long Done = 1L << 62;

    private static void Take(long value, int column, ref long smallest, ref int at, ref long second)
    {
        if (value < smallest || (value == smallest && column < at))
            (second, smallest, at) = (Math.Min(second, smallest), value, column);
        else
            second = Math.Min(second, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> At(ReadOnlySpan<long> values, int i) => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)i);
}
