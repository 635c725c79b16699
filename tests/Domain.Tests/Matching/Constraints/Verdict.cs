using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

/// <summary>What every violation must look like.</summary>
internal static class Verdict
{
    public static void IsOf(IPlanningConstraint constraint, Violation? violation, string code, string remedy)
    {
        Assert.Equal(code, constraint.Code);
        Assert.Equal(remedy, constraint.Remedy);
        if (violation is not null)
        {
            Assert.Equal(code, violation.Code);
            Assert.Equal(remedy, violation.Remedy);
            Assert.True(violation.Excess >= 1);
            Assert.NotEmpty(violation.Facts);
        }
    }

    public static string Fact(Violation? violation, string name) => Assert.Single(violation!.Facts, fact => fact.Name == name).Value;
}
