using System.Collections.Immutable;
using System.Globalization;

namespace Dispatch.Domain.Matching.Constraints;

/// <summary>The constraints a plan keeps, cheapest and most telling question first.</summary>
public static class PlanningConstraints
{
    /// <summary>Order matters: the first violated one names the reason.</summary>
    public static ImmutableArray<IPlanningConstraint> All { get; } =
    [
        new LockConstraint(),
        new ExcludedConstraint(),
        new SkillConstraint(),
        new MaxJobsConstraint(),
        new ToolConstraint(),
        new PartConstraint(),
        new ReachConstraint(),
        new ShiftConstraint(),
        new TimeWindowConstraint(),
    ];

    internal static Violation Violated(this IPlanningConstraint constraint, long excess, params ReadOnlySpan<(string Name, object Value)> facts)
    {
        var built = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            built[name] = value switch
            {
                DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture),
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? string.Empty,
            };
        }

        return new Violation(constraint.Code, built.ToImmutable(), constraint.Remedy, Math.Max(1, excess));
    }
}
