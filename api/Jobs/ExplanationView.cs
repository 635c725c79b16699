using Dispatch.Api.Problems;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Api.Jobs;

/// <summary>Why a job is where it is, as of the newest plan of its zone.</summary>
/// <param name="Placed">Whether somebody has it or is planned for it.</param>
/// <param name="Reasons">Why others could not, or why nobody can: one per code, the nearest miss first.</param>
/// <param name="Alternatives">Others: what they would cost more, or which code stops the one who came closest.</param>
/// <param name="PlannedAt">When that plan was made; nothing if the zone has none that names the job.</param>
public sealed record ExplanationView(
    string JobId, bool Placed, string? TechnicianId, IReadOnlyList<ReasonView> Reasons, IReadOnlyList<AlternativeView> Alternatives, DateTimeOffset? PlannedAt, string? PointId = null)
{
    /// <summary>What the zone said of every service point when it looked for a bench; the job itself says which it got.</summary>
    private static ExplanationView OfBench(JobState job, BenchMatch match, DateTimeOffset at)
    {
        string? point = (job.Booking?.Point ?? match.Chosen?.Point)?.Value;
        long cost = match.Verdicts.FirstOrDefault(v => v.Point.Value == point)?.Option?.Cost ?? 0;
        return new(
            job.Id.Value, point is not null, null,
            [.. match.Verdicts.Where(v => v.Violation is not null).GroupBy(v => v.Violation!.Code, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => ReasonView.Of(g.MinBy(v => v.Violation!.Excess)!.Violation!, g.Count()))],
            [.. match.Verdicts.Where(v => v.Point.Value != point).OrderBy(v => v.Option?.Cost ?? long.MaxValue).ThenBy(v => v.Point).Select(v => AlternativeView.Of(v, cost))],
            at, point);
    }

    /// <summary>Where no plan speaks of the job any more, what remains to be said is who has it.</summary>
    public static ExplanationView Of(JobState job, JobExplanation? why)
    {
        if (why?.Placement is { } placement)
            return new(job.Id.Value, true, placement.Technician.Value, [.. placement.Barred.Select(ReasonView.Of)],
                [.. placement.Alternatives.Select(AlternativeView.Of), .. placement.Barred.Select(AlternativeView.Of)], why.PlannedAt);
        if (why?.Unplaced is { } unplaced)
            return new(
                job.Id.Value,
                false,
                null,
                unplaced.Reasons.IsEmpty ? [.. unplaced.Counts.Select(ReasonView.Of)] : [.. unplaced.Reasons.Select(ReasonView.Of)],
                [.. unplaced.Reasons.Select(AlternativeView.Of)],
                why.PlannedAt
            );
        if (why?.Bench is { } bench)
            return OfBench(job, bench, why.PlannedAt);
        if (job.Booking is { } booking)
            return new(job.Id.Value, true, null, [], [], null, booking.Point.Value);
        return new(job.Id.Value, job.Assigned is not null || job.Candidates.Length > 0, (job.Assigned ?? (job.Candidates.Length == 1 ? job.Candidates[0].Technician : null))?.Value,
            [.. job.Unplaced.Select(ReasonView.Of)], [], null);
    }
}

/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Count">How many technicians it stops.</param>
/// <param name="Facts">Of the one who came closest.</param>
/// <param name="Remedy">Code of what would help.</param>
/// <param name="Text">In English; programs go by the code.</param>
public sealed record ReasonView(string Code, int Count, IReadOnlyDictionary<string, string> Facts, string? Remedy, string Text)
{
    public static ReasonView Of(UnplacedReason reason) => new(
        reason.Code, reason.Technicians, Named(reason.Example.Facts), reason.Remedy, ProblemTexts.Detail(reason.Code, reason.Example.Facts));

    /// <summary>A reason of which nothing but the code is known.</summary>
    public static ReasonView Of(UnplacedCount known) =>
        new(known.Code, known.Count, new Dictionary<string, string>(), null, ProblemTexts.Title(known.Code));

    public static ReasonView Of(Violation violation, int count) =>
        new(violation.Code, count, Named(violation.Facts), violation.Remedy, ProblemTexts.Detail(violation.Code, violation.Facts));

    internal static IReadOnlyDictionary<string, string> Named(IEnumerable<Fact> facts) => facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value);
}

/// <param name="CostDifference">Minor units of money more than where the job is; less than nothing if the search had no time to make the move.</param>
/// <param name="Code">What stops this technician instead.</param>
/// <param name="PointId">Of a parcel, instead of a technician.</param>
public sealed record AlternativeView(string? TechnicianId, long? CostDifference, string? Code, IReadOnlyDictionary<string, string>? Facts, string? PointId = null)
{
    public static AlternativeView Of(PointVerdict verdict, long chosen) => verdict.Violation is { } violation
        ? new(null, null, violation.Code, ReasonView.Named(violation.Facts), verdict.Point.Value)
        : new(null, verdict.Option!.Cost - chosen, null, null, verdict.Point.Value);

    public static AlternativeView Of(Alternative alternative) =>
        new(alternative.Technician.Value, PlanMoney.ToMinor(alternative.Difference), null, null);

    public static AlternativeView Of(UnplacedReason reason) => new(reason.Nearest.Value, null, reason.Code, ReasonView.Named(reason.Example.Facts));
}
