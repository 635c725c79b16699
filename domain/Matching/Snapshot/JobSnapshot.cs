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

    /// <summary>The brand whose authorisation the work needs, or null for none.</summary>
    [Id(12)] public string? Brand { get; init; }

    /// <summary>Codes of the areas the place lies in. Found from the snapshot's areas before planning where there are any.</summary>
    [Id(13)] public ImmutableSortedSet<string> Areas { get; init; } = Codes.NoSet;

    /// <summary>Technicians the customer would like best. Others may come, at <see cref="Costs.PriceList.OtherThanPreferred"/>.</summary>
    [Id(14)] public ImmutableArray<TechnicianId> Preferred { get; init; } = [];

    /// <summary>Who was there the last time. Another may come, at <see cref="Costs.PriceList.OtherThanBefore"/>.</summary>
    [Id(15)] public TechnicianId? SameAsBefore { get; init; }

    /// <summary>When a dispatcher has fixed the time: the work begins within this, a moment or a little more, whatever the windows say.</summary>
    [Id(16)] public TimeWindow? LockedAt { get; init; }

    /// <summary>The brand's programme that pays for the visit, or null.</summary>
    [Id(17)] public string? Programme { get; init; }

    /// <summary>How many places its programme lacks for this job to have its turn; 0 where it has. Found before planning.</summary>
    [Id(18)] public int OverQuota { get; init; }

    /// <summary>What the job is a part of, or null where it is a whole by itself.</summary>
    [Id(19)] public JobPart? Part { get; init; }

    /// <summary>The part of the same whole, maybe this one, for which no room was found; null where all have room. Found while planning.</summary>
    [Id(20)] public JobId? WaitsFor { get; init; }

    /// <summary>Kinds of vehicle that get to the place or carry what is needed; empty where any will do.</summary>
    [Id(21)] public ImmutableSortedSet<string> Vehicles { get; init; } = Codes.NoSet;

    /// <summary>When the work may begin, all told; empty means at any time.</summary>
    public ImmutableArray<TimeWindow> Openings => LockedAt is { } locked ? [locked] : Windows;
}

/// <summary>How soon the customer was promised an answer.</summary>
[GenerateSerializer, Alias("dispatch.deadlineClass")]
public enum DeadlineClass
{
    Regular = 0,
    Timed = 1,
    Urgent = 2,
}
