using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class AuthorisationConstraintTests
{
    private readonly AuthorisationConstraint constraint = new();

    /// <summary>The shift ends after 10,000 s. Authorisations as <c>brand:until</c>; none at all differs from an empty list.</summary>
    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "", true)]
    [InlineData("north", null, true)]
    [InlineData("north", "", false)]
    [InlineData("north", "south:20000", false)]
    [InlineData("north", "north:10000", true)]
    [InlineData("north", "north:9999", false)]
    [InlineData("north", "North:20000", false)]
    [InlineData("north", "north:-1,south:20000", false)]
    public void Brand_HasAuthorisedTheTechnicianForTheDay(string? brand, string? authorisations, bool allowed)
    {
        TechnicianSnapshot technician = Given.Technician() with { Authorisations = CertificationConstraintTests.Read(authorisations) };

        Violation? violation = constraint.Check(Given.Candidate(technician, Given.Job() with { Brand = brand }));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.brand_not_authorised", "authorise_technician");
    }

    [Fact]
    public void LapsedAuthorisation_IsNearerThanNone()
    {
        JobSnapshot job = Given.Job() with { Brand = "north", Windows = [Given.Window(0, 600)] };
        TechnicianSnapshot lapsed = Given.Technician("lapsed", -500) with { Authorisations = CertificationConstraintTests.Read("north:0") };
        TechnicianSnapshot never = Given.Technician("never") with { Authorisations = CertificationConstraintTests.Read("") };

        UnplacedReason reason = Assert.Single(Assert.Single(Given.Plan(Given.Snapshot([never, lapsed], [job])).Unplaced).Reasons);

        Assert.Equal("lapsed", reason.Nearest.Value);
        Assert.Equal(2, reason.Technicians);
        Assert.Equal(600_000, reason.Example.Excess);
    }
}
