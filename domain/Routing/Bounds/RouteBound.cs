namespace Dispatch.Domain.Routing.Bounds;

/// <summary>A bound below the cost of every plan, with what it took.</summary>
/// <param name="Value">In the problem's unit; no plan costs less.</param>
/// <param name="Rounds">Rounds of pricing done.</param>
/// <param name="IsExhausted">More rounds would not raise it: it is as high as the relaxation allows, or the known plan is proven best.</param>
public sealed record BoundResult(long Value, long Rounds, bool IsExhausted);

/// <summary>
/// A lower bound for a <see cref="RoutingProblem"/>: the Lagrangian relaxation of "each job is served once". Every job is worth a multiplier; what the
/// jobs are worth together, plus per technician the cheapest relaxed route at these worths, is never more than any plan costs. Multipliers come
/// from the linear program over the relaxed routes found so far, drawn towards the best ones seen (Wentges 1997).
/// </summary>
/// <remarks>
/// Valid for any problem whose weights are not negative: in whole numbers, with multipliers rounded before they are used. Anytime: the best bound so far
/// stands when the limit is reached. Deterministic for a number of rounds, whatever the threads.
/// </remarks>
public static class RouteBound
{
    /// <param name="problem">The problem.</param>
    /// <param name="limit">When to end.</param>
    /// <param name="known">A plan whose routes are a good beginning and whose cost ends the work when reached; null where none is known.</param>
    /// <exception cref="ArgumentOutOfRangeException">A weight of the problem is negative.</exception>
    public static BoundResult Compute(RoutingProblem problem, BoundLimit limit, RoutingSolution? known = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(problem.DurationWeight);
        ArgumentOutOfRangeException.ThrowIfNegative(problem.TravelWeight);
        TechnicianGroup[] groups = TechnicianGroup.Of(problem);
        long[] least = QuickBound.LeastCosts(problem, groups);
        long quick = QuickBound.Of(problem, groups, least);
        return problem.Jobs == 0 || limit.EndsAfter(0)
            ? new BoundResult(quick, 0, problem.Jobs == 0)
            : new MultiplierSearch(problem, groups, least, quick, limit).Run(known);
    }
}
