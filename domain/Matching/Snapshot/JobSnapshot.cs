using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>One job that waits for a place in a route.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.planningJob")]
public sealed record JobSnapshot
{
    [Id(0)] public required JobId Id { get; init; }

    [Id(1)] public required Place Place { get; init; }

    /// <summary>The work may begin within any one of these. Empty means: at any time.</summary>
    [Id(2)] public ImmutableArray<TimeWindow> Windows { get; init; } = [];

    /// <summary>Time at the customer's place, not negative.</summary>
    [Id(3)] public required TimeSpan Service { get; init; }

    /// <summary>Skill code to the least level that will do.</summary>
    [Id(4)] public ImmutableSortedDictionary<string, int> Skills { get; init; } = Codes.None;

    [Id(5)] public ImmutableSortedSet<string> Tools { get; init; } = Codes.NoSet;

    /// <summary>Part code to units needed.</summary>
    [Id(6)] public ImmutableSortedDictionary<string, int> Parts { get; init; } = Codes.None;

    /// <summary>0 (ordinary) to 9. Each step doubles the price of leaving the job unserved.</summary>
    [Id(7)] public int Priority { get; init; }

    [Id(8)] public DeadlineClass Deadline { get; init; } = DeadlineClass.Regular;

    /// <summary>Technicians who must not get the job: they declined it, let the offer run out, or are barred by the customer.</summary>
    [Id(9)] public ImmutableArray<TechnicianId> Excluded { get; init; } = [];

    /// <summary>The only technician who may get the job, where a dispatcher has locked it.</summary>
    [Id(10)] public TechnicianId? LockedTo { get; init; }

    /// <summary>The technician already named to the customer. Another may come, at <see cref="Costs.PriceList.MovedPromise"/>.</summary>
    [Id(11)] public TechnicianId? PromisedTo { get; init; }
}

/// <summary>How soon the customer was promised an answer.</summary>
[GenerateSerializer, Alias("dispatch.deadlineClass")]
public enum DeadlineClass
{
    Regular = 0,
    Timed = 1,
    Urgent = 2,
}
