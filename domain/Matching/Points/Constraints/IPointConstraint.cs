using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Matching.Points;

/// <summary>One reason why a service point may not take a job: one file, one code, one truth table in the tests.</summary>
public interface IPointConstraint
{
    /// <summary>Null if the point satisfies it.</summary>
    Violation? Check(PointQuestion question);
}

/// <summary>All of them, in the order in which they are told: what can never be first, what passes last.</summary>
public static class PointConstraints
{
    public static IReadOnlyList<IPointConstraint> All { get; } =
        [new ServedConstraint(), new BrandConstraint(), new CategoryConstraint(), new PointSkillConstraint(), new PointPartConstraint(), new BenchConstraint()];

    /// <summary>A violation in the one form they all have; facts are codes and whole numbers, never prose.</summary>
    internal static Violation Violated(string code, string remedy, long excess, params ReadOnlySpan<(string Name, object? Value)> facts) =>
        new(code, Refusal.Of(code, RefusalKind.Conflict, facts).Facts, remedy, excess);
}
