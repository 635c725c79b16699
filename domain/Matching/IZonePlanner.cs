namespace Dispatch.Domain.Matching;

/// <summary>Makes the plan of one zone. Pure: it reads nothing but its arguments, so it may run on any thread outside a grain's turn.</summary>
public interface IZonePlanner
{
    /// <summary>
    /// Places the jobs of the snapshot into routes. Serving more (by priority) comes before every other cost.
    /// </summary>
    /// <param name="snapshot">What is known.</param>
    /// <param name="previous">
    /// The plan that holds now, kept as far as it still fits and then improved upon; null to plan from nothing. Jobs and technicians
    /// that are gone are skipped.
    /// </param>
    /// <param name="budget">How long to improve. With no round at all the plan is cheapest insertion.</param>
    /// <param name="seed">Source of all chance. The same arguments give the same plan, byte for byte, unless the budget was cut short by time or cancellation.</param>
    /// <returns>A plan that keeps every constraint. Cancellation ends the improvement and returns the best plan so far.</returns>
    /// <exception cref="ArgumentException">The snapshot contradicts itself: an id twice, a negative duration, a window that closes before it opens.</exception>
    ZonePlan Plan(PlanningSnapshot snapshot, ZonePlan? previous, PlanBudget budget, ulong seed);
}
