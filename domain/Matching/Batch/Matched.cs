namespace Dispatch.Domain.Matching.Batch;

/// <summary>Rows matched with columns, and the prices of both; <see cref="Alone"/> for a row that is better off without.</summary>
internal readonly record struct Matched(int[] ColumnOf, long[] RowPrices, long[] ColumnPrices)
{
    /// <summary>Not looked at yet, or displaced.</summary>
    public const int Free = -1;

    public const int Alone = -2;

    public static int[] AllFree(int length)
    {
        int[] free = new int[length];
        Array.Fill(free, Free);
        return free;
    }
}
