namespace Dispatch.Domain.Matching.Constraints;

/// <summary>
/// The route is over within the time that is planned ahead, a little over twelve days: beyond it a moment does not fit the solver's
/// numbers. A job for a later day waits until its day comes near.
/// </summary>
public sealed class HorizonConstraint : IPlanningConstraint
{
    public string Code => "plan.beyond_horizon";

    public string Remedy => "plan_later";

    /// <summary>Nothing to add: the routing model places nothing beyond its horizon.</summary>
    public void Compile(CompiledSnapshot model)
    {
    }

    public Violation? Check(RouteCandidate candidate)
    {
        DateTimeOffset last = candidate.Stops.Select(stop => stop.FinishAt).Append(candidate.EndAt).Max();
        return last > candidate.Horizon
            ? this.Violated(
                (long)(last - candidate.Horizon).TotalMilliseconds,
                ("job", candidate.Job.Id.Value),
                ("ends_at", last),
                ("planned_until", candidate.Horizon)
            )
            : null;
    }
}
