using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>
/// One technician as the planner sees him. The caller has folded committed work (offered, accepted, under way) into
/// <see cref="Start"/>, <see cref="FreeAt"/>, <see cref="Stock"/>, <see cref="DepotVisited"/> and <see cref="MaxJobs"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.planningTechnician")]
public sealed record TechnicianSnapshot
{
    [Id(0)] public required TechnicianId Id { get; init; }

    /// <summary>Where the day ends, home or depot.</summary>
    [Id(1)] public required Place Home { get; init; }

    /// <summary>Where the technician is when next free: home or depot before setting out, else the place of the last committed stop.</summary>
    [Id(2)] public required Place Start { get; init; }

    /// <summary>When free at <see cref="Start"/>. A moment before the snapshot's now or the shift counts as the later of those.</summary>
    [Id(3)] public required DateTimeOffset FreeAt { get; init; }

    /// <summary>
    /// Whether the working day is running. Then every minute from <see cref="FreeAt"/> on counts, waiting included.
    /// If not, the route leaves home as late as its windows allow.
    /// </summary>
    [Id(4)] public bool HasLeftHome { get; init; }

    [Id(5)] public required DateTimeOffset ShiftStart { get; init; }

    /// <summary>Inclusive. The technician is back home by then, or has finished the last stop if <see cref="ReturnsHome"/> is false; later only against <see cref="OvertimeUntil"/>.</summary>
    [Id(6)] public required DateTimeOffset ShiftEnd { get; init; }

    /// <summary>Whether the way home counts and must fit into the shift.</summary>
    [Id(7)] public bool ReturnsHome { get; init; } = true;

    /// <summary>Skill code to level.</summary>
    [Id(8)] public ImmutableSortedDictionary<string, int> Skills { get; init; } = Codes.None;

    /// <summary>Codes of the tools on board.</summary>
    [Id(9)] public ImmutableSortedSet<string> Tools { get; init; } = Codes.NoSet;

    /// <summary>Part code to units on board and not yet promised to committed work.</summary>
    [Id(10)] public ImmutableSortedDictionary<string, int> Stock { get; init; } = Codes.None;

    /// <summary>Whether the day's depot call is done or committed: every tool and unlimited parts are on board, and no further call is planned.</summary>
    [Id(11)] public bool DepotVisited { get; init; }

    /// <summary>Upper limit of jobs this plan may add, or null for none.</summary>
    [Id(12)] public int? MaxJobs { get; init; }

    /// <summary>Brand to the last moment at which the brand lets the technician begin work on it; null where brands set no bounds to him.</summary>
    [Id(13)] public ImmutableSortedDictionary<string, DateTimeOffset>? Authorisations { get; init; }

    /// <summary>Skill code to the last moment at which its certificate holds; a skill that is not named here never lapses.</summary>
    [Id(14)] public ImmutableSortedDictionary<string, DateTimeOffset>? CertifiedUntil { get; init; }

    /// <summary>Codes of the areas he works in, or null for anywhere.</summary>
    [Id(15)] public ImmutableSortedSet<string>? Areas { get; init; }

    /// <summary>Codes of the areas he is lent to beside his own.</summary>
    [Id(16)] public ImmutableSortedSet<string>? LentTo { get; init; }

    /// <summary>How he is employed: earnings are compared among those employed alike.</summary>
    [Id(17)] public Employment Employment { get; init; } = Employment.FullTime;

    /// <summary>Earned so far in the period in which work should be shared fairly, in minor units of money.</summary>
    [Id(18)] public long Earned { get; init; }

    /// <summary>How long the technician would stay at most, every minute after the shift's end at <see cref="Costs.PriceList.OvertimePerMinute"/>; null for no overtime.</summary>
    [Id(19)] public DateTimeOffset? OvertimeUntil { get; init; }

    /// <summary>Kind of vehicle, or null where nothing is known of it.</summary>
    [Id(20)] public string? Vehicle { get; init; }

    /// <summary>Breaks still to be taken today; none by default. Those for which even a day without work leaves no time are not asked for.</summary>
    [Id(21)] public ImmutableArray<BreakSnapshot> Breaks { get; init; } = [];

    /// <summary>The end that nothing can move: of the shift, or of the overtime after it.</summary>
    public DateTimeOffset LastEnd => OvertimeUntil is { } until && until > ShiftEnd ? until : ShiftEnd;
}

/// <summary>Whether somebody lives by this work or does it in free hours beside another employment.</summary>
[GenerateSerializer, Alias("dispatch.employment")]
public enum Employment
{
    FullTime = 0,
    SpareTime = 1,
}
