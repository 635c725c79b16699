using System.Collections.Immutable;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Constraints;

namespace Domain.Tests.Matching.Constraints;

public sealed class CertificationConstraintTests
{
    private readonly CertificationConstraint constraint = new();

    /// <summary>The shift ends after 10,000 s. Certificates as <c>skill:until</c>; the job needs solder.</summary>
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("", null, true)]
    [InlineData("solder:10000", null, true)]
    [InlineData("solder:9999", null, false)]
    [InlineData("solder:-5", null, false)]
    [InlineData("glass:-5", null, true)]
    [InlineData("solder:500", 500.0, true)]
    [InlineData("solder:499", 500.0, false)]
    [InlineData("solder:10000", 20000.0, true)]
    public void Certificate_HoldsUntilTheWorkCouldBeginAtTheLatest(string? certificates, double? closes, bool allowed)
    {
        TechnicianSnapshot technician = Given.Technician() with { Skills = Given.Counts(("solder", 2)), CertifiedUntil = Read(certificates) };
        JobSnapshot job = Given.Job() with { Skills = Given.Counts(("solder", 1)), Windows = closes is { } to ? [Given.Window(0, to)] : [] };

        Violation? violation = constraint.Check(Given.Candidate(technician, job));

        Assert.Equal(allowed, violation is null);
        Verdict.IsOf(constraint, violation, "plan.certification_lapsed", "renew_certification");
    }

    internal static ImmutableSortedDictionary<string, DateTimeOffset>? Read(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(item => item.Split(':'))
        .ToImmutableSortedDictionary(pair => pair[0], pair => Given.After(double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)), StringComparer.Ordinal);
}
