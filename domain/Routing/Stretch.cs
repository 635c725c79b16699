using System.Runtime.CompilerServices;

namespace Dispatch.Domain.Routing;

/// <summary>
/// The stops among which a node may be inserted, as rows of numbers read at the position of the stop that would follow. Readers may look
/// <see cref="Route.Slack"/> numbers past the last position.
/// </summary>
internal readonly ref struct Stretch
{
    private readonly ref int placeBefore;
    private readonly ref int leg;
    private readonly ref int prefix;
    private readonly ref int placeAfter;
    private readonly ref int suffix;
    private readonly int prefixStride;
    private readonly int suffixStride;

    /// <param name="before">Rows of what comes before: places, legs and runs from the start.</param>
    /// <param name="shift">How far the position of a stop in <paramref name="before"/> lies behind its position in <paramref name="after"/>.</param>
    /// <param name="after">Rows of what follows: places and runs to the end.</param>
    public Stretch(RunRows before, int shift, RunRows after)
    {
        placeBefore = ref Unsafe.Add(ref before.Place, shift - 1);
        leg = ref Unsafe.Add(ref before.Leg, shift);
        prefix = ref Unsafe.Add(ref before.Prefix, shift - 1);
        placeAfter = ref after.Place;
        suffix = ref after.Suffix;
        prefixStride = before.Stride;
        suffixStride = after.Stride;
    }

    public ref int PlaceBefore => ref placeBefore;

    public ref int PlaceAfter => ref placeAfter;

    /// <summary>Travel from the stop before to the stop that follows.</summary>
    public ref int Leg => ref leg;

    public ref int PrefixDuration => ref prefix;

    public ref int PrefixEarliest => ref Unsafe.Add(ref prefix, prefixStride);

    public ref int PrefixLatest => ref Unsafe.Add(ref prefix, 2 * prefixStride);

    public ref int SuffixDuration => ref suffix;

    public ref int SuffixEarliest => ref Unsafe.Add(ref suffix, suffixStride);

    public ref int SuffixLatest => ref Unsafe.Add(ref suffix, 2 * suffixStride);
}
