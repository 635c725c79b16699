namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// Matches every row with a column or leaves it alone, over a full matrix. Column prices only ever fall, from 0, and only where a column is taken; a matched row's price is cost
/// minus the column's price. A row that is better off alone stays so, because columns only become dearer.
/// </summary>
internal sealed class DenseAugmentation(ReadOnlyMemory<long> costs, long[] alone, int columns)
{
    private readonly int rows = alone.Length;
    private readonly int[] columnOf = Matched.AllFree(alone.Length);
    private readonly int[] rowOf = Matched.AllFree(columns);
    private readonly long[] prices = new long[columns];
    private readonly long[] distances = new long[columns];
    private readonly long[] from = new long[columns];
    private readonly long[] marks = new long[columns];
    private readonly int[] passed = new int[columns];

    public Matched Solve()
    {
        Bidding.Run(rows, Bid);
        for (int column = 0; column < columns; column++)
            marks[column] = rowOf[column] >= 0 ? 1 : 0;
        for (int row = 0; row < rows; row++)
            if (columnOf[row] == Matched.Free)
                Augment(row);
        long[] rowPrices = new long[rows];
        for (int row = 0; row < rows; row++)
            rowPrices[row] = columnOf[row] == Matched.Alone ? alone[row] : CostOf(row) - prices[columnOf[row]];
        return new Matched(columnOf, rowPrices, prices);
    }

    /// <summary>The row takes its best column and makes it dearer by what the second best would cost more.</summary>
    private (int Displaced, bool Dearer) Bid(int row)
    {
        ReadOnlySpan<long> line = Row(row);
        (long best, int column, long second) = DenseScan.TwoSmallest(line, prices);
        if (column < 0 || alone[row] < best || (alone[row] == best && rowOf[column] >= 0))
        {
            columnOf[row] = Matched.Alone;
            return (Bidding.Nobody, false);
        }

        second = Math.Min(second, alone[row]);
        if (second == best && rowOf[column] >= 0 && FreeAt(line, best) is var free && free >= 0)
            column = free;
        int displaced = rowOf[column];
        prices[column] -= second - best;
        (rowOf[column], columnOf[row]) = (row, column);
        if (displaced >= 0)
            columnOf[displaced] = Matched.Free;
        return (displaced, second > best);
    }

    /// <summary>A free column as good as the best, which is at price 0 like all that are free.</summary>
    private int FreeAt(ReadOnlySpan<long> line, long reduced)
    {
        for (int column = 0; column < columns; column++)
            if (rowOf[column] < 0 && line[column] == reduced)
                return column;
        return -1;
    }

    /// <summary>The cheapest way to let one row in: along a path of rows that each move to another column, ending in a free column or in a row that is left alone.</summary>
    private void Augment(int root)
    {
        Array.Fill(distances, DenseScan.Beyond);
        (long distance, int column) = DenseScan.Relax(Row(root), prices, 0, root, distances, from, marks);
        (long leave, int leaver) = (alone[root], root);
        int behind = 0;
        while (column >= 0 && distance <= leave && rowOf[column] is var row && row >= 0)
        {
            passed[behind++] = column;
            marks[column] += DenseScan.Done;
            long offset = distance - (CostOf(row) - prices[column]);
            if (alone[row] + offset < leave)
                (leave, leaver) = (alone[row] + offset, row);
            (distance, column) = DenseScan.Relax(Row(row), prices, offset, row, distances, from, marks);
        }

        bool left = column < 0 || distance > leave;
        long length = left ? leave : distance;
        for (int k = 0; k < behind; k++)
        {
            marks[passed[k]] -= DenseScan.Done;
            prices[passed[k]] += Math.Min(0, distances[passed[k]] - length);
        }

        if (left)
            column = Replace(leaver, Matched.Alone);
        else
            marks[column] = 1;
        while (column >= 0)
        {
            int row = (int)from[column];
            rowOf[column] = row;
            column = Replace(row, column);
        }
    }

    /// <summary>The column that the row had before.</summary>
    private int Replace(int row, int column)
    {
        (int before, columnOf[row]) = (columnOf[row], column);
        return before;
    }

    private long CostOf(int row) => costs.Span[(row * columns) + columnOf[row]];

    private ReadOnlySpan<long> Row(int row) => costs.Span.Slice(row * columns, columns);
}
