using System.Collections.Immutable;
using Dispatch.Domain.Matching.Constraints;
using Dispatch.Domain.Matching.Costs;

namespace Dispatch.Domain.Matching;

/// <summary>What a planner keeps to and what it pays for. Every price is in time of a technician.</summary>
public sealed record PlanningRules
{
    public static PlanningRules Default { get; } = new();

    /// <summary>Checked in this order; the first one violated names the reason.</summary>
    public ImmutableArray<IPlanningConstraint> Constraints { get; init; } = PlanningConstraints.All;

    /// <summary>The terms of the objective.</summary>
    public ImmutableArray<IPlanningCost> Costs { get; init; } = PlanningCosts.All;

    /// <summary>Price of a minute on the way, per minute. Default 1.</summary>
    public int TravelWeight { get; init; } = 1;

    /// <summary>Price of a minute of waiting, per minute. Default 1.</summary>
    public int WaitingWeight { get; init; } = 1;

    /// <summary>Price of a minute stood idle before a route goes on, per minute. Default 0: shifts are paid. 1 where only the time from leaving home to coming back counts.</summary>
    public int IdleWeight { get; init; }

    /// <summary>Price of a minute of work, per minute. Default 1.</summary>
    public int ServiceWeight { get; init; } = 1;

    /// <summary>Price of sending another technician than the one promised. Default ten minutes.</summary>
    public TimeSpan MovedPromise { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Price of moving a job to another technician than in the previous plan, nobody having been told. Default none.</summary>
    public TimeSpan MovedPlan { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Price of leaving out an ordinary job; doubled by each step of priority and each step of deadline class. Default 100 days:
    /// more than any route can save, so that no job is left out to save travel.
    /// </summary>
    public TimeSpan Unserved { get; init; } = TimeSpan.FromDays(100);

    /// <summary>Whether placed jobs are explained too; unplaced ones always are. Default true.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>Alternatives kept per placed job. Default 3.</summary>
    public int Alternatives { get; init; } = 3;
}
