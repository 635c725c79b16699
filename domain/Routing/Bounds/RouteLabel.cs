namespace Dispatch.Domain.Routing.Bounds;

/// <summary>The end of a partial relaxed route, and all that matters of how it came there.</summary>
/// <param name="Cost">Spent so far, multipliers of the served jobs taken off.</param>
/// <param name="Clock">When it is done.</param>
/// <param name="Load">Units used of the one consumable that is watched.</param>
/// <param name="Served">Jobs served, where that is watched.</param>
/// <param name="Memory">Jobs it must not come back to; see <see cref="NearJobs"/>.</param>
internal readonly record struct RouteLabel(long Cost, RouteClock Clock, int Load, int Served, uint Memory)
{
    /// <summary>
    /// Whether every way to go on is open to this one too and costs it no more. Where its start cannot be put off as far, it may wait for as much
    /// longer as the other's start lies later.
    /// </summary>
    public bool Dominates(in RouteLabel other, long durationWeight) =>
        Cost <= other.Cost
        && Clock.Done <= other.Clock.Done
        && Load <= other.Load
        && Served <= other.Served
        && (Memory & ~other.Memory) == 0
        && Cost + (durationWeight * Math.Max(0, other.Clock.LatestDone - Clock.LatestDone)) <= other.Cost;

    /// <summary>One label for two: as good as the better of them in everything.</summary>
    public RouteLabel MergedWith(in RouteLabel other) => new(
        Math.Min(Cost, other.Cost),
        new RouteClock(Math.Min(Clock.Done, other.Clock.Done), Math.Max(Clock.LatestDone, other.Clock.LatestDone)),
        Math.Min(Load, other.Load),
        Math.Min(Served, other.Served),
        Memory & other.Memory);
}
