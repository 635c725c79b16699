namespace Dispatch.Domain.Matching;

/// <summary>
/// Explains a plan afterwards, from the snapshot it was made of: for zones too large to explain every placement with every plan
/// (<see cref="PlanningRules.Explain"/> off). Pure, like <see cref="IZonePlanner"/>.
/// </summary>
public interface IPlanExplainer
{
    /// <summary>Why one job is where it is, or null where the plan does not place it. The same as <see cref="ZonePlan.Placements"/> would hold.</summary>
    /// <param name="snapshot">The snapshot the plan was made of.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="previous">The plan that had been given to its making, for the price of change.</param>
    /// <param name="job">The job asked about.</param>
    Placement? Explain(PlanningSnapshot snapshot, ZonePlan plan, ZonePlan? previous, JobId job);
}
