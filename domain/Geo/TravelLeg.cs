namespace Dispatch.Domain.Geo;

/// <summary>One leg of travel: whole milliseconds (rounded up, so that no plan counts on time it lacks) and whole metres.</summary>
/// <remarks>Unreachable is a value: <see cref="Unreachable"/>, whose figures are not to be used.</remarks>
public readonly record struct TravelLeg
{
    private readonly bool unreachable;

    /// <param name="milliseconds">Duration, not negative.</param>
    /// <param name="metres">Length of the way, not negative.</param>
    public TravelLeg(long milliseconds, long metres)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        ArgumentOutOfRangeException.ThrowIfNegative(metres);
        Milliseconds = milliseconds;
        Metres = metres;
    }

    private TravelLeg(bool unreachable)
    {
        this.unreachable = unreachable;
        Milliseconds = long.MaxValue;
        Metres = long.MaxValue;
    }

    /// <summary>There is no way between the two places.</summary>
    public static TravelLeg Unreachable { get; } = new(unreachable: true);

    public bool IsReachable => !unreachable;

    public long Milliseconds { get; }

    public long Metres { get; }

    public TimeSpan Duration => TimeSpan.FromMilliseconds(Milliseconds);
}
