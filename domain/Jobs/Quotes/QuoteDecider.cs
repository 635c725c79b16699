using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs.Quotes;

using Decision = Decision<JobEvent>;

/// <summary>
/// What a quote does to a job, and what it keeps from being done. Pure. While one is open nothing is repaired; after a yes nothing is repaired that it does not cover; after a no nothing at all.
/// </summary>
internal static class QuoteDecider
{
    public static Decision Given(JobState job, GiveQuote c, DateTimeOffset now)
    {
        if (c.Epoch is { } epoch && JobDecider.CheckEpoch(job, epoch) is { } stale)
            return stale;
        if (Elsewhere(job, c.Technician, c.Point) is { } refusal)
            return refusal;
        if (job.Status is not (JobStatus.Arrived or JobStatus.Inspected or JobStatus.OnBench))
            return JobRefusals.WrongStatus(job, job.Mode.IsVisit() ? nameof(JobStatus.Arrived) : nameof(JobStatus.Inspected));
        if (job.Quote is { Status: QuoteStatus.Refused } refused)
            return JobRefusals.QuoteRefused(job, refused);
        if (c.Terms.Lines.IsDefaultOrEmpty)
            return JobRefusals.QuoteEmpty();
        return new QuoteGiven(new Quote((job.Quote?.Number ?? 0) + 1, c.Terms, now, now + c.Holds, QuoteStatus.Open, null, null));
    }

    public static Decision Answered(JobState job, AnswerQuote c, DateTimeOffset now)
    {
        if (Elsewhere(job, c.Technician, c.Point) is { } refusal)
            return refusal;
        if (job.Quote is not { } quote || c.Number > quote.Number)
            return JobRefusals.QuoteUnknown(job, c.Number);
        if (c.Number < quote.Number)
            return JobRefusals.QuoteStale(job, c.Number, quote);
        if (quote.Status == (c.Approved ? QuoteStatus.Approved : QuoteStatus.Refused))
            return Decision.Nothing;
        if (quote.Status == QuoteStatus.Lapsed || (quote.Status == QuoteStatus.Open && now >= quote.ValidUntil))
            return JobRefusals.QuoteLapsed(job, quote);
        if (quote.Status != QuoteStatus.Open)
            return JobRefusals.QuoteClosed(job, quote);
        if (c.Approved)
            return new QuoteApproved(quote.Number, c.By, now);
        QuoteRefused refused = new(quote.Number, c.By, now);
        return job is { Status: JobStatus.Arrived, Assigned: { } technician }
            ? Decision.Of(refused, new RepairCompleted(job.Epoch, technician, now, RepairOutcome.NotRepaired, [], null))
            : Decision.Of(refused);
    }

    public static Decision Lapsed(JobState job, DateTimeOffset now) =>
        job.Quote is { Status: QuoteStatus.Open } quote && now >= quote.ValidUntil ? new QuoteLapsed(quote.Number, now) : Decision.Nothing;

    /// <summary>Why no work may begin; null if it may.</summary>
    public static Refusal? AgainstWork(JobState job) => job.Quote switch
    {
        { Status: QuoteStatus.Open } quote => JobRefusals.QuoteOpen(job, quote),
        { Status: QuoteStatus.Refused } quote => JobRefusals.QuoteRefused(job, quote),
        { Status: QuoteStatus.Lapsed } quote => JobRefusals.QuoteLapsed(job, quote),
        _ => null,
    };

    /// <summary>Why the work may not be reported as ended so; null if it may. That it failed may be said of work nobody agreed to, with whatever it used up.</summary>
    public static Refusal? AgainstEnd(JobState job, RepairOutcome outcome, ImmutableArray<PartQuantity> parts)
    {
        if (outcome == RepairOutcome.NotRepaired && job.Quote is not { Status: QuoteStatus.Open or QuoteStatus.Refused })
            return null;
        if (AgainstWork(job) is { } no)
            return no;
        if (job.Quote is not { Status: QuoteStatus.Approved } quote)
            return null;
        ImmutableArray<PartQuantity> agreed = quote.Terms.Parts;
        foreach (IGrouping<string, PartQuantity> used in parts.GroupBy(p => p.Code, StringComparer.Ordinal))
            if (used.Sum(p => p.Quantity) is var count && agreed.Where(p => p.Code == used.Key).Sum(p => p.Quantity) is var most && count > most)
                return JobRefusals.QuoteExceeded(job, quote, used.Key, count, most);
        return null;
    }

    /// <summary>What was used where nobody says it: what was agreed, or what the job was thought to need.</summary>
    public static ImmutableArray<PartQuantity> PartsOf(JobState job) =>
        job.Quote is { Status: QuoteStatus.Approved } quote ? quote.Terms.Parts : job.Needs?.Parts ?? [];

    /// <summary>The decision, unless it would change something that the quote forbids.</summary>
    public static Decision Unless(Refusal? forbidden, Decision decision) => forbidden is not null && decision is { Refusal: null, Events.IsEmpty: false } ? forbidden : decision;

    private static Refusal? Elsewhere(JobState job, TechnicianId? technician, ServicePointId? point)
    {
        if (technician is { } by && job.Assigned != by)
            return JobRefusals.NotYours(job, by);
        return point is { } at && at != job.Booking?.Point ? JobRefusals.NotAtThisPoint(job, at) : null;
    }
}
