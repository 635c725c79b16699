using System.Runtime.CompilerServices;

namespace Dispatch.Domain.Routing;

/// <summary>
/// Stops of a route as rows of whole numbers in one buffer: nodes, places, legs from the stop before, runs from the start, runs to the end; each run is three
/// rows (duration, earliest start, latest start). A row is <see cref="Stride"/> long, <see cref="Route.Slack"/> of it past the last position.
/// </summary>
internal readonly ref struct RunRows(ref int first, int stride)
{
    public const int PlaceRow = 1;
    public const int LegRow = 2;
    public const int PrefixRow = 3;
    public const int SuffixRow = 6;
    public const int Rows = 9;

    private readonly ref int first = ref first;

    public int Stride { get; } = stride;

    public ref int Place => ref Row(PlaceRow);

    public ref int Leg => ref Row(LegRow);

    /// <summary>Durations; earliest and latest starts follow, each a <see cref="Stride"/> on.</summary>
    public ref int Prefix => ref Row(PrefixRow);

    /// <inheritdoc cref="Prefix"/>
    public ref int Suffix => ref Row(SuffixRow);

    /// <summary>The run of three rows at a position.</summary>
    public static Segment At(ref int row, int stride, int at) =>
        new(Unsafe.Add(ref row, at), Unsafe.Add(ref row, stride + at), Unsafe.Add(ref row, (2 * stride) + at));

    /// <summary>Writes a run of a feasible route, or one that nothing may be joined to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref int row, int stride, int at, in Segment run)
    {
        Unsafe.Add(ref row, at) = (int)run.Duration;
        Unsafe.Add(ref row, stride + at) = (int)run.Earliest;
        Unsafe.Add(ref row, (2 * stride) + at) = (int)run.Latest;
    }

    private ref int Row(int row) => ref Unsafe.Add(ref first, row * Stride);
}
