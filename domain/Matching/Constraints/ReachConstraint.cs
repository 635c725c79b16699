namespace Dispatch.Domain.Matching.Constraints;

/// <summary>There is a way to every stop and back home.</summary>
public sealed class ReachConstraint : IPlanningConstraint
{
    public string Code => "plan.unreachable";

    public string Remedy => "choose_other_mode";

    /// <summary>Nothing to add: the travel table itself says where there is no way.</summary>
    public void Compile(CompiledSnapshot model)
    {
    }

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var stop in candidate.Stops)
        {
            if (!stop.Reachable)
            {
                return stop.Job is { } job
                    ? this.Violated(1, ("job", job.Id.Value))
                    : this.Violated(1, ("depot", stop.Depot!.Id.Value));
            }
        }

        return candidate.HomeReachable ? null : this.Violated(1, ("home_of", candidate.Technician.Id.Value));
    }
}
