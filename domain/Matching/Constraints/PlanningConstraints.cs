using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Matching.Constraints;

/// <summary>The constraints a plan keeps, cheapest and most telling question first.</summary>
public static class PlanningConstraints
{
    /// <summary>Order matters: the first violated one names the reason.</summary>
    public static ImmutableArray<IPlanningConstraint> All { get; } =
    [
        new ProgrammeConstraint(),
        new LockConstraint(),
        new ExcludedConstraint(),
        new AreaConstraint(),
        new AuthorisationConstraint(),
        new SkillConstraint(),
        new CertificationConstraint(),
        new VehicleConstraint(),
        new WholeConstraint(),
        new MaxJobsConstraint(),
        new ToolConstraint(),
        new PartConstraint(),
        new ReachConstraint(),
        new ShiftConstraint(),
        new BreakConstraint(),
        new TimeLockConstraint(),
        new TimeWindowConstraint(),
        new HorizonConstraint(),
    ];

    internal static Violation Violated(this IPlanningConstraint constraint, long excess, params ReadOnlySpan<(string Name, object Value)> facts)
    {
        var built = ImmutableArray.CreateBuilder<Fact>(facts.Length);
        foreach (var (name, value) in facts)
        {
            built.Add(new Fact(name, value switch
            {
                DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? string.Empty,
            }));
        }

        return new Violation(constraint.Code, built.DrainToImmutable(), constraint.Remedy, Math.Max(1, excess));
    }
}
