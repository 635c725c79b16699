namespace Dispatch.Domain.Matching;

/// <summary>One planned stop as setting off sees it, in ticks.</summary>
/// <param name="Travel">From the place before.</param>
/// <param name="Opens">Earliest begin of the work.</param>
/// <param name="Closes">Latest begin, inclusive.</param>
/// <param name="Service">Length of the work.</param>
public readonly record struct StopAhead(long Travel, long Opens, long Closes, long Service);

/// <summary>
/// The moments at which a technician may set off to the next planned stop, in ticks: <see cref="Soonest"/> ≤ <see cref="Unhurried"/> ≤ <see cref="Latest"/>.
/// </summary>
/// <param name="Soonest">The first that makes no more waiting than the plan has in any case; what is left until <paramref name="Latest"/> is its slack.</param>
/// <param name="Unhurried">The last that makes the working time no longer. Up to here staying costs nothing and keeps the next stop open.</param>
/// <param name="Latest">The last that keeps every window and the end of the shift.</param>
public readonly record struct DepartureRange(long Soonest, long Unhurried, long Latest);

/// <summary>
/// When to set off to the next planned stop. Who is on the way is bound to that stop, who still stands is not: staying keeps options open for what comes in,
/// until it eats the slack of the stops behind.
/// </summary>
/// <param name="ReserveAtHome">Ticks of slack that a technician who has not begun keeps at setting off, as far as the plan has them.</param>
/// <param name="ReserveOnTheWay">The same for one between two stops.</param>
public sealed record DeparturePolicy(long ReserveAtHome, long ReserveOnTheWay)
{
    /// <summary>A reserve larger than any slack: set off as soon as that means no more waiting.</summary>
    public const long Everything = long.MaxValue / 4;

    /// <summary>Sets off at the soonest moment in any case.</summary>
    public static DeparturePolicy AtOnce { get; } = new(Everything, Everything);

    /// <summary>When to set off.</summary>
    /// <param name="hasBegun">Whether working time counts already; at home it counts from setting off.</param>
    public long SetOff(bool hasBegun, in DepartureRange range)
    {
        long reserve = hasBegun ? ReserveOnTheWay : ReserveAtHome;
        return Math.Clamp(range.Latest - reserve, range.Soonest, range.Unhurried);
    }

    /// <summary>The moments at which to set off, or null where the plan cannot be kept any more.</summary>
    /// <param name="from">Earliest departure: now, or when the work in hand is done.</param>
    /// <param name="hasBegun">Whether working time counts already.</param>
    /// <param name="ahead">Stops in order, one or more.</param>
    /// <param name="wayHome">Travel from the last stop.</param>
    /// <param name="shiftEnd">Latest arrival at home, inclusive.</param>
    public static DepartureRange? Range(long from, bool hasBegun, ReadOnlySpan<StopAhead> ahead, long wayHome, long shiftEnd)
    {
        long latest = LatestDeparture(ahead, wayHome, shiftEnd);
        if (latest < from)
            return null;

        if (hasBegun)
            return new DepartureRange(from, LatestDeparture(ahead, wayHome, Return(from, ahead, wayHome)), latest);

        // The return is the later of a fixed moment, where a window is waited for, and the departure plus everything to do. Where they meet waiting ends.
        long toDo = wayHome;
        foreach (StopAhead stop in ahead)
            toDo += stop.Travel + stop.Service;
        return new DepartureRange(Math.Min(latest, Return(from, ahead, wayHome) - toDo), latest, latest);
    }

    /// <summary>When a technician who sets off at <paramref name="departure"/> is home; windows are waited for, not checked.</summary>
    public static long Return(long departure, ReadOnlySpan<StopAhead> ahead, long wayHome)
    {
        long time = departure;
        foreach (StopAhead stop in ahead)
            time = Math.Max(time + stop.Travel, stop.Opens) + stop.Service;
        return time + wayHome;
    }

    /// <summary>The last departure that keeps every window and is home by <paramref name="end"/>; the least number where there is none.</summary>
    private static long LatestDeparture(ReadOnlySpan<StopAhead> ahead, long wayHome, long end)
    {
        long time = end - wayHome;
        for (int i = ahead.Length - 1; i >= 0; i--)
        {
            long start = Math.Min(time - ahead[i].Service, ahead[i].Closes);
            if (start < ahead[i].Opens)
                return long.MinValue;

            time = start - ahead[i].Travel;
        }

        return time;
    }
}
