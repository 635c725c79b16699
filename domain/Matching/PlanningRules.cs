using System.Collections.Immutable;
using Dispatch.Domain.Matching.Constraints;
using Dispatch.Domain.Matching.Costs;

namespace Dispatch.Domain.Matching;

/// <summary>What a planner keeps to and what it pays for.</summary>
public sealed record PlanningRules
{
    public static PlanningRules Default { get; } = new();

    /// <summary>Checked in this order; the first one violated names the reason.</summary>
    public ImmutableArray<IPlanningConstraint> Constraints { get; init; } = PlanningConstraints.All;

    /// <summary>The terms of the objective.</summary>
    public ImmutableArray<IPlanningCost> Costs { get; init; } = PlanningCosts.All;

    /// <summary>What the terms charge.</summary>
    public PriceList Prices { get; init; } = new();

    /// <summary>Whether placed jobs are explained too; unplaced ones always are. Default true.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>Alternatives kept per placed job. Default 3.</summary>
    public int Alternatives { get; init; } = 3;
}
