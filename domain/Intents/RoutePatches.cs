using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Intents;

/// <summary>What one technician's day loses and gains by a change of plan.</summary>
public sealed record RoutePatch(TechnicianId Technician, ImmutableArray<SlotRef> Releases, ImmutableArray<JobMove> Additions)
{
    /// <summary>Something the ledger must show once a committed patch is applied; null where it only lost something.</summary>
    public SlotRef? Holds => Additions.IsEmpty ? null : new SlotRef(Additions[0].Job, Additions[0].Epoch.Next);
}

/// <summary>A change of plan, read by technician. Pure; everything is in the order of ids, so that two changes that want the same meet at the first of it.</summary>
public static class RoutePatches
{
    public static ImmutableArray<RoutePatch> Of(ImmutableArray<JobMove> moves) =>
    [
        .. moves.SelectMany(m => new[] { m.From, m.To }).OfType<TechnicianId>().Distinct().Order().Select(technician => new RoutePatch(
            technician,
            [.. InOrder(moves).Where(m => m.From == technician).Select(m => new SlotRef(m.Job, m.Epoch))],
            [.. InOrder(moves).Where(m => m.To == technician)])),
    ];

    public static IEnumerable<JobMove> InOrder(ImmutableArray<JobMove> moves) => moves.OrderBy(m => m.Job);

    public static ParkJob Park(JobMove move, IntentId intent, DateTimeOffset decideBy, bool overrules) =>
        new(intent, decideBy, move.Epoch, move.From, move.To is { } to ? new Candidate(to, move.Visit!) : null, overrules);

    /// <param name="jobs">Every job that is added, parked for this intent: what it takes can no longer change.</param>
    public static ParkPatch Park(RoutePatch patch, IntentId intent, DateTimeOffset decideBy, IReadOnlyDictionary<JobId, JobState> jobs) =>
        new(intent, decideBy, patch.Releases, [.. patch.Additions.Select(move => Addition(move, jobs[move.Job]))]);

    private static SlotAddition Addition(JobMove move, JobState job) =>
        new(job.Id, move.Epoch.Next, move.Visit!, job.Request.Place, job.Needs!, job.WindowOpens(move.Visit!));
}
