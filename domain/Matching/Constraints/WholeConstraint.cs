namespace Dispatch.Domain.Matching.Constraints;

/// <summary>No part of a whole is planned while another part has nobody; <see cref="WholePlanner"/> finds out which.</summary>
public sealed class WholeConstraint : IPlanningConstraint
{
    public string Code => "plan.whole_incomplete";

    public string Remedy => "widen_or_split";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, _, j, job) =>
    {
        if (job.WaitsFor is not null)
            model.Builder.Forbid(t, j);
    });

    /// <summary>The fact <c>missing</c> is the part for which nobody, or no moment, was found.</summary>
    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (job.WaitsFor is { } missing)
                return this.Violated(1, ("job", job.Id.Value), ("whole", job.Part!.Whole.Value), ("missing", missing.Value));
        return null;
    }
}
