namespace Dispatch.Domain.Matching.Constraints;

/// <summary>Every tool a job needs is on board when the technician gets there: from the morning on, or from the depot call on.</summary>
public sealed class ToolConstraint : IPlanningConstraint
{
    internal const string DepotRemedy = "fetch_tool_at_depot";

    public string Code => "plan.tool_missing";

    public string Remedy => DepotRemedy;

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (!technician.DepotVisited && FirstMissing(technician, job) is not null)
        {
            model.Builder.RequireDepot(t, j);
        }
    });

    public Violation? Check(RouteCandidate candidate)
    {
        if (candidate.Technician.DepotVisited)
        {
            return null;
        }

        foreach (var stop in candidate.Stops)
        {
            if (stop.Break is not null)
            {
                continue;
            }

            if (stop.Depot is not null)
            {
                return null;
            }

            if (FirstMissing(candidate.Technician, stop.Job!) is { } tool)
            {
                var lacking = stop.Job!.Tools.Count(needed => !candidate.Technician.Tools.Contains(needed));
                return this.Violated(lacking, ("job", stop.Job!.Id.Value), ("tool", tool));
            }
        }

        return null;
    }

    private static string? FirstMissing(TechnicianSnapshot technician, JobSnapshot job) =>
        job.Tools.FirstOrDefault(tool => !technician.Tools.Contains(tool));
}
