namespace Dispatch.Domain.Eta;

/// <summary>How long something takes: half of all such ways or repairs take at most <see cref="Median"/>, a tenth less than <see cref="Low"/> and a tenth more than <see cref="High"/>.</summary>
/// <remarks><c>Zero ≤ Low ≤ Median ≤ High</c>, whole milliseconds.</remarks>
public readonly record struct TimeEstimate
{
    /// <summary>From seconds in any order: what lies on the wrong side of the median is drawn to it, and nothing is below zero.</summary>
    public TimeEstimate(double low, double median, double high)
    {
        double middle = Math.Max(0, median);
        Median = Whole(middle);
        Low = Whole(Math.Clamp(low, 0, middle));
        High = Whole(Math.Max(high, middle));
    }

    public TimeSpan Low { get; }

    public TimeSpan Median { get; }

    public TimeSpan High { get; }

    /// <summary>Whether what took this long lies in the interval, ends included.</summary>
    public bool Covers(TimeSpan duration) => duration >= Low && duration <= High;

    private static TimeSpan Whole(double seconds) => TimeSpan.FromMilliseconds((long)Math.Ceiling(seconds * 1000));
}
