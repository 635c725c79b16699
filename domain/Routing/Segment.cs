using System.Runtime.CompilerServices;

namespace Dispatch.Domain.Routing;

/// <summary>
/// A run of stops boiled down to what joining it to another needs, so that an insertion is judged without walking the route
/// (Vidal, Crainic, Gendreau and Prins 2013, here with hard windows only).
/// </summary>
/// <param name="Duration">Least ticks from the start of the first stop to the end of the last, windows kept.</param>
/// <param name="Earliest">First start that reaches that duration. Starting before it only adds waiting.</param>
/// <param name="Latest">Last start that keeps every window; it reaches that duration too.</param>
internal readonly record struct Segment(long Duration, long Earliest, long Latest)
{
    public static Segment Infeasible => new(0, long.MaxValue, long.MinValue);

    public bool IsFeasible => Earliest <= Latest;

    /// <summary>The earliest end.</summary>
    public long Done => Earliest + Duration;

    public static Segment Of(RoutingProblem problem, int node) => new(problem.Service[node], problem.Open[node], problem.Close[node]);

    /// <summary>This run, then <paramref name="travel"/> ticks on the way, then the other. False where a window would be missed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryJoin(long travel, in Segment next, out Segment joined)
    {
        var delta = Duration + travel;
        if (Earliest + delta > next.Latest)
        {
            joined = default;
            return false;
        }

        var wait = Math.Max(next.Earliest - delta - Latest, 0);
        joined = new Segment(
            delta + next.Duration + wait,
            Math.Max(next.Earliest - delta, Earliest) - wait,
            Math.Min(next.Latest - delta, Latest));
        return true;
    }

    /// <summary>The duration of the joined run, or <see cref="long.MaxValue"/> where a window would be missed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long JoinedDuration(long travel, in Segment next)
    {
        var delta = Duration + travel;
        return Earliest + delta > next.Latest ? long.MaxValue : delta + next.Duration + Math.Max(next.Earliest - delta - Latest, 0);
    }
}
