namespace Dispatch.Domain.Matching.Batch;

/// <summary>The same as <see cref="DenseAugmentation"/> over lists of candidates: paths are found by a heap, which only columns nearer than the best end so far enter.</summary>
internal sealed class SparseAugmentation
{
    private readonly int[] first;
    private readonly int[] candidates;
    private readonly long[] costs;
    private readonly long[] alone;
    private readonly int[] columnOf;

    /// <summary>Entry of the list by which each row is matched.</summary>
    private readonly int[] entryOf;
    private readonly int[] rowOf;
    private readonly long[] prices;
    private readonly long[] distances;
    private readonly int[] from;
    private readonly int[] entryFrom;
    private readonly int[] reached;
    private readonly ColumnHeap heap;

    public SparseAugmentation(int[] first, int[] candidates, long[] costs, long[] alone, int columns)
    {
        (this.first, this.candidates, this.costs, this.alone) = (first, candidates, costs, alone);
        (columnOf, entryOf, rowOf) = (Matched.AllFree(alone.Length), new int[alone.Length], Matched.AllFree(columns));
        (prices, distances, from, entryFrom, reached) = (new long[columns], new long[columns], new int[columns], new int[columns], new int[columns]);
        Array.Fill(distances, long.MaxValue);
        heap = new ColumnHeap(distances);
    }

    public Matched Solve()
    {
        Bidding.Run(alone.Length, Bid);
        long[] rowPrices = new long[alone.Length];
        for (int row = 0; row < alone.Length; row++)
            if (columnOf[row] == Matched.Free)
                Augment(row);
        for (int row = 0; row < alone.Length; row++)
            rowPrices[row] = columnOf[row] == Matched.Alone ? alone[row] : costs[entryOf[row]] - prices[columnOf[row]];
        return new Matched(columnOf, rowPrices, prices);
    }

    private (int Displaced, bool Dearer) Bid(int row)
    {
        (long best, int entry, long second) = (long.MaxValue, -1, long.MaxValue);
        for (int i = first[row]; i < first[row + 1]; i++)
        {
            long reduced = costs[i] - prices[candidates[i]];
            // Of equals a free one.
            if (reduced < best || (reduced == best && rowOf[candidates[i]] < 0 && rowOf[candidates[entry]] >= 0))
                (second, best, entry) = (best, reduced, i);
            else if (reduced < second)
                second = reduced;
        }

        if (entry < 0 || alone[row] < best || (alone[row] == best && rowOf[candidates[entry]] >= 0))
        {
            columnOf[row] = Matched.Alone;
            return (Bidding.Nobody, false);
        }

        int column = candidates[entry], displaced = rowOf[column];
        second = Math.Min(second, alone[row]);
        prices[column] -= second - best;
        (rowOf[column], columnOf[row], entryOf[row]) = (row, column, entry);
        if (displaced >= 0)
            columnOf[displaced] = Matched.Free;
        return (displaced, second > best);
    }

    /// <summary>The cheapest way to let one row in, as in <see cref="DenseAugmentation"/>: ends in a free column, or in a row that is left alone.</summary>
    private void Augment(int root)
    {
        int touched = 0, end = -1, leaver = root, row = root;
        long length = alone[root], offset = 0;
        while (true)
        {
            ReadOnlySpan<int> list = candidates.AsSpan(first[row]..first[row + 1]);
            ReadOnlySpan<long> paid = costs.AsSpan(first[row], list.Length);
            for (int i = 0; i < list.Length; i++)
            {
                int column = list[i];
                long distance = paid[i] - prices[column] + offset;
                if (distance > length)
                    continue;
                bool free = rowOf[column] < 0;
                // A free column ends a path as well as being left does; of equals it is preferred, because the job is served.
                if ((distance == length && (!free || end >= 0)) || distance >= distances[column])
                    continue;
                if (distances[column] == long.MaxValue)
                    reached[touched++] = column;
                (distances[column], from[column], entryFrom[column]) = (distance, row, first[row] + i);
                if (free)
                    (length, end) = (distance, column);
                else
                    heap.Put(column);
            }

            if (heap.Count == 0 || distances[heap.Nearest] >= length)
                break;
            int next = heap.Nearest;
            heap.RemoveNearest();
            row = rowOf[next];
            offset = distances[next] - (costs[entryOf[row]] - prices[next]);
            if (alone[row] + offset < length)
                (length, end, leaver) = (alone[row] + offset, -1, row);
        }

        heap.Clear();
        for (int k = 0; k < touched; k++)
        {
            prices[reached[k]] += Math.Min(0, distances[reached[k]] - length);
            distances[reached[k]] = long.MaxValue;
        }

        Shift(end, leaver);
    }

    /// <summary>Along the path each row moves to the column it was reached through.</summary>
    private void Shift(int end, int leaver)
    {
        int column = end;
        if (end < 0)
            (column, columnOf[leaver]) = (columnOf[leaver], Matched.Alone);
        while (column >= 0)
        {
            int row = from[column];
            (rowOf[column], entryOf[row]) = (row, entryFrom[column]);
            (column, columnOf[row]) = (columnOf[row], column);
        }
    }
}
