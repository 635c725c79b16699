using Dispatch.Domain.Entitlement;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Entitlement;

public class CameraClauseTests
{
    [Theory]
    [InlineData("standard", "repair/standard", "2027-03-10", "worthless/exchange")]
    [InlineData("advanced", "repair/advanced", "2028-03-10", "worthless/exchange-advanced")]
    [InlineData("highEnd", "repair/high-end", "2029-03-10", "worthless/exchange-high-end")]
    public void EachLine_HasItsYears_AndAnotherModelWhereRepairMakesNoSense(string line, string clause, string last, string worthless)
    {
        EntitlementCase claim = Camera(line, "2026-03-10").Papers().Fault("shutter");
        Assert.Equal([$"RepairFree Provider {last} {clause}"], claim.On(last).Choices());
        Assert.Equal(["RepairPaid Customer - fee/repair"], claim.On(Day(last).AddDays(1).ToString("O")).Choices());
        EntitlementCase uneconomic = claim.With(EvidenceKind.RepairEstimate, EvidenceState.Uneconomic);
        Assert.Equal([$"ExchangeSameOrHigher Brand {last} {worthless}"], uneconomic.On(last).Choices());
        Assert.Contains(claim.With(EvidenceKind.RepairEstimate, EvidenceState.Economic).On(last).NotOwed, n => n.Clause == worthless && n.Code == "entitlement.repair_worthwhile");
    }

    [Fact]
    public void Misuse_IsPaidByTheCustomer() =>
        Assert.Equal(["RepairPaid Customer - fee/repair"], Camera("highEnd", "2026-03-10").Papers().Fault("lens").With(EvidenceKind.UserDamage, EvidenceState.Found).On("2026-04-01").Choices());

    [Fact]
    public void WithoutALine_TheFirstOneCounts() =>
        Assert.Equal(["RepairFree Provider 2027-03-10 repair/standard"], (Camera("standard", "2026-03-10") with { Line = null }).Papers().Fault("lens").On("2026-04-01").Choices());

    [Fact]
    public void OtherDevices_AreInTheSameBook() => Assert.Equal("cn-cameras", (Camera("standard", "2026-03-10") with { Kind = "other" }).Papers().On("2026-04-01").Book);
}
