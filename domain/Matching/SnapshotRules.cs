using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>What a snapshot must be like before it is planned on.</summary>
public static class SnapshotRules
{
    /// <summary>
    /// The same snapshot in whole milliseconds from its now, each rounded to the careful side: beginnings and durations up, ends down. Thus the
    /// solver and the constraints' own checks see the same moments.
    /// </summary>
    /// <exception cref="ArgumentException">The snapshot contradicts itself.</exception>
    public static PlanningSnapshot Normalise(PlanningSnapshot snapshot)
    {
        RequireUnique(snapshot.Technicians.Select(technician => technician.Id.Value), "technician");
        RequireUnique(snapshot.Jobs.Select(job => job.Id.Value), "job");
        RequireUnique(snapshot.Depots.Select(depot => depot.Id.Value), "depot");
        RequireWholeParts(snapshot);
        var now = snapshot.Now;
        ImmutableArray<AreaSnapshot> areas = snapshot.Areas.IsDefault ? [] : snapshot.Areas;
        RequireUnique(areas.Select(area => area.Code), "area");
        ImmutableArray<ProgrammeSnapshot> programmes = snapshot.Programmes.IsDefault ? [] : snapshot.Programmes;
        RequireUnique(programmes.Select(programme => programme.Code), "programme");
        (string Code, Territory Territory)[] territories = [.. areas.Select(area => (area.Code, area.ToTerritory()))];
        return snapshot with
        {
            Technicians = [.. snapshot.Technicians.Select(technician => technician with
            {
                FreeAt = Up(technician.FreeAt, now),
                ShiftStart = Up(technician.ShiftStart, now),
                ShiftEnd = Down(technician.ShiftEnd, now),
                Breaks = technician.Breaks.IsDefault ? [] : [.. technician.Breaks.Select(pause => new BreakSnapshot(Normalise(pause.Window, technician.Id.Value, now), Up(NotNegative(pause.Length, technician.Id.Value))))],
                OvertimeUntil = technician.OvertimeUntil is { } until ? Down(until, now) : null,
            })],
            Jobs = [.. snapshot.Jobs.Select(job => InAreas(Normalise(job, now), territories))],
            Areas = areas,
            Programmes = programmes,
            Depots = [.. snapshot.Depots.Select(depot => depot with
            {
                Handling = Up(NotNegative(depot.Handling, depot.Id.Value)),
                Open = depot.Open is { } open ? Normalise(open, depot.Id.Value, now) : null,
            })],
        };
    }

    private static JobSnapshot Normalise(JobSnapshot job, DateTimeOffset now) => job with
    {
        Service = Up(NotNegative(job.Service, job.Id.Value)),
        Windows = job.Windows.IsDefault ? [] : [.. job.Windows.Select(window => Normalise(window, job.Id.Value, now))],
        Excluded = job.Excluded.IsDefault ? [] : job.Excluded,
        Preferred = job.Preferred.IsDefault ? [] : job.Preferred,
        LockedAt = job.LockedAt is { } locked ? Normalise(locked, job.Id.Value, now) : null,
    };

    private static JobSnapshot InAreas(JobSnapshot job, (string Code, Territory Territory)[] territories) => territories.Length == 0
        ? job
        : job with { Areas = Codes.NoSet.Union(job.Areas).Union(territories.Where(area => area.Territory.Contains(job.Place)).Select(area => area.Code)) };

    private static TimeWindow Normalise(TimeWindow window, string owner, DateTimeOffset now)
    {
        if (window.To < window.From)
        {
            throw new ArgumentException($"A window of {owner} closes before it opens.");
        }

        var opens = Up(window.From, now);
        var closes = Down(window.To, now);
        // A window shorter than the millisecond it falls into keeps that millisecond.
        return new TimeWindow(opens, closes < opens ? opens : closes);
    }

    private static TimeSpan NotNegative(TimeSpan span, string owner) =>
        span >= TimeSpan.Zero ? span : throw new ArgumentException($"A duration of {owner} is negative.");

    private static DateTimeOffset Up(DateTimeOffset moment, DateTimeOffset now) => now + Up(moment - now);

    private static DateTimeOffset Down(DateTimeOffset moment, DateTimeOffset now) => now - Up(now - moment);

    private static TimeSpan Up(TimeSpan span)
    {
        var rest = span.Ticks % TimeSpan.TicksPerMillisecond;
        return rest == 0 ? span : TimeSpan.FromTicks(span.Ticks - rest + (rest > 0 ? TimeSpan.TicksPerMillisecond : 0));
    }

    private static void RequireWholeParts(PlanningSnapshot snapshot)
    {
        HashSet<JobId> ids = [.. snapshot.Jobs.Select(job => job.Id)];
        foreach (IGrouping<(JobId Whole, int Step), JobSnapshot> step in snapshot.Jobs.Where(job => job.Part is not null).GroupBy(job => (job.Part!.Whole, job.Part.Step)))
        {
            if (ids.Contains(step.Key.Whole))
                throw new ArgumentException($"The whole {step.Key.Whole.Value} is there beside its parts.");
            // Two that take no time could be done by one technician one after the other.
            if (step.Count() > 1 && step.Any(part => part.Service <= TimeSpan.Zero))
                throw new ArgumentException($"A part of {step.Key.Whole.Value} that begins together with others takes no time.");
            foreach (JobSnapshot part in step)
                NotNegative(part.Part!.Gap, part.Id.Value);
        }
    }

    private static void RequireUnique(IEnumerable<string> ids, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.Add(id))
            {
                throw new ArgumentException($"The {kind} {id} is there twice.");
            }
        }
    }
}
