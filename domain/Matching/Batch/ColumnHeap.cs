namespace Dispatch.Domain.Matching.Batch;

/// <summary>Columns by distance, the nearest first, of equals the lowest; four branches, so that a level is one line of memory. A column may come nearer while it is in.</summary>
internal sealed class ColumnHeap(long[] distances)
{
    private const int Branches = 4;
    private readonly int[] heap = new int[distances.Length];
    private readonly int[] placeOf = Filled(distances.Length);

    public int Count { get; private set; }

    /// <summary>Adds the column, or moves it forward after its distance has become less.</summary>
    public void Put(int column)
    {
        int place = placeOf[column] >= 0 ? placeOf[column] : Count++;
        while (place > 0 && (place - 1) / Branches is var parent && IsBefore(column, heap[parent]))
        {
            Set(place, heap[parent]);
            place = parent;
        }

        Set(place, column);
    }

    public int Nearest => heap[0];

    public void RemoveNearest()
    {
        placeOf[heap[0]] = -1;
        int last = heap[--Count];
        if (Count == 0)
            return;
        int place = 0;
        while ((place * Branches) + 1 is var child && child < Count)
        {
            int best = child;
            for (int k = child + 1; k < Math.Min(child + Branches, Count); k++)
                if (IsBefore(heap[k], heap[best]))
                    best = k;
            if (!IsBefore(heap[best], last))
                break;
            Set(place, heap[best]);
            place = best;
        }

        Set(place, last);
    }

    public void Clear()
    {
        while (Count > 0)
            placeOf[heap[--Count]] = -1;
    }

    private bool IsBefore(int a, int b) => distances[a] < distances[b] || (distances[a] == distances[b] && a < b);

    private void Set(int place, int column) => (heap[place], placeOf[column]) = (column, place);

    private static int[] Filled(int length)
    {
        int[] filled = new int[length];
        Array.Fill(filled, -1);
        return filled;
    }
}
