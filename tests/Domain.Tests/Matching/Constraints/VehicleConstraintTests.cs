using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class VehicleConstraintTests
{
    private readonly VehicleConstraint constraint = new();

    /// <summary>Kinds the job allows, and what the technician drives.</summary>
    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "van", true)]
    [InlineData("van", "van", true)]
    [InlineData("van", null, false)]
    [InlineData("van", "scooter", false)]
    [InlineData("van", "Van", false)]
    [InlineData("scooter van", "van", true)]
    public void Vehicle_IsOfAKindThatGetsThere(string allowedKinds, string? drives, bool allowed)
    {
        JobSnapshot job = Given.Job() with { Vehicles = Given.Set(allowedKinds.Split(' ', StringSplitOptions.RemoveEmptyEntries)) };

        Violation? violation = constraint.Check(Given.Candidate(Given.Technician() with { Vehicle = drives }, job));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.vehicle_unsuitable", "assign_vehicle");
    }
}
