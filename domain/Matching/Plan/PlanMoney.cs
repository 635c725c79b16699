namespace Dispatch.Domain.Matching;

/// <summary>
/// Money as plans add it up: in 1/60,000 of a minor unit, so that a millisecond at a whole price per minute is a whole number and terms add up without rounding.
/// </summary>
public static class PlanMoney
{
    /// <summary>Plan units in one minor unit: the milliseconds of a minute.</summary>
    public const long PerMinor = 60_000;

    /// <param name="milliseconds">Whole milliseconds.</param>
    /// <param name="perMinute">Minor units.</param>
    /// <returns>Plan units.</returns>
    public static long OfTime(long milliseconds, int perMinute) => milliseconds * perMinute;

    /// <inheritdoc cref="OfTime(long, int)"/>
    public static long OfTime(TimeSpan span, int perMinute) => OfTime(span.Ticks / TimeSpan.TicksPerMillisecond, perMinute);

    /// <param name="minor">Whole minor units.</param>
    /// <returns>Plan units.</returns>
    public static long Of(long minor) => minor * PerMinor;

    /// <summary>Whole minor units for people to read, halves away from zero.</summary>
    public static long ToMinor(long units) => (long)Math.Round((decimal)units / PerMinor, MidpointRounding.AwayFromZero);
}
