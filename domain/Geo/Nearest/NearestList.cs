namespace Dispatch.Domain.Geo.Nearest;

/// <summary>The nearest so far, in order, none twice, in the caller's span.</summary>
internal ref struct NearestList(Span<Neighbour> found)
{
    private readonly Span<Neighbour> found = found;

    public int Count { get; private set; }

    public readonly bool IsFull => Count == found.Length;

    /// <summary>Square of the distance beyond which nothing is wanted any more.</summary>
    public readonly double Reach => IsFull ? found[^1].SquareMetres : double.PositiveInfinity;

    public readonly bool Wants(in Neighbour candidate) => !IsFull || candidate.IsBefore(found[^1]);

    /// <summary>Takes a candidate in. One that is there already, because it moved meanwhile, keeps the nearer of its places.</summary>
    public void Take(in Neighbour candidate)
    {
        if (!Wants(candidate))
            return;
        int at = 0;
        while (at < Count && found[at].IsBefore(candidate))
        {
            if (found[at++].Technician == candidate.Technician)
                return;
        }

        int last = at;
        while (last < Count && found[last].Technician != candidate.Technician)
            last++;
        if (last == Count)
        {
            last = Math.Min(Count, found.Length - 1);
            Count = Math.Min(Count + 1, found.Length);
        }

        found[at..last].CopyTo(found[(at + 1)..]);
        found[at] = candidate;
    }
}
