namespace Dispatch.Domain.Matching.Constraints;

/// <summary>The technician drives a kind of vehicle that gets to the place: no vans in the old town, nothing but a van for a large device.</summary>
public sealed class VehicleConstraint : IPlanningConstraint
{
    public string Code => "plan.vehicle_unsuitable";

    public string Remedy => "assign_vehicle";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (!Suits(technician, job))
            model.Builder.Forbid(t, j);
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (JobSnapshot job in candidate.Jobs)
            if (!Suits(candidate.Technician, job))
                return this.Violated(1, ("job", job.Id.Value), ("vehicles", string.Join(' ', job.Vehicles)), ("vehicle", candidate.Technician.Vehicle ?? "unknown"));
        return null;
    }

    private static bool Suits(TechnicianSnapshot technician, JobSnapshot job) => job.Vehicles.IsEmpty || (technician.Vehicle is { } vehicle && job.Vehicles.Contains(vehicle));
}
