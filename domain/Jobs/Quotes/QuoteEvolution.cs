namespace Dispatch.Domain.Jobs.Quotes;

/// <summary>What each fact makes of a job's quote, and of what the job took so far.</summary>
internal static class QuoteEvolution
{
    /// <summary>No way and no work lasts longer: what does is a device whose clock was set meanwhile.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Null for a fact that is not one of a quote's own.</summary>
    public static JobState? Apply(JobState job, JobEvent fact) => fact switch
    {
        QuoteGiven e => With(job, e.Quote),
        QuoteApproved e => With(job, job.Quote! with { Status = QuoteStatus.Approved, EndedAt = e.At, AnsweredBy = e.By }),
        // At the door the end of the visit follows as a fact of its own; a bench has nothing more to say before it packs.
        QuoteRefused e => With(job, job.Quote! with { Status = QuoteStatus.Refused, EndedAt = e.At, AnsweredBy = e.By }) with
        {
            Outcome = job.Status == JobStatus.Arrived ? job.Outcome : RepairOutcome.NotRepaired,
        },
        QuoteLapsed e => With(job, job.Quote! with { Status = QuoteStatus.Lapsed, EndedAt = e.At }),
        _ => null,
    };

    /// <summary>What any fact of a job does to its account; <paramref name="before"/> is the job without it.</summary>
    public static JobAccount? Account(JobState before, JobState after, JobEvent fact, DateTimeOffset now) => fact switch
    {
        TechnicianDeparted e => Of(after) with { DepartedAt = e.At, Since = e.At },
        TechnicianArrived e => Travelled(Of(after), e.At) with { Since = e.At },
        RepairCompleted e => Worked(Of(after), e.At),
        BenchStarted e => Of(after) with { Since = e.At },
        BenchFinished e => Worked(Of(after), e.At),
        RepairChecked { Passed: false } e => Of(after) with { Since = e.At },
        QuoteRefused e => before.Status == JobStatus.OnBench ? Worked(Of(after), e.At) : after.Account,
        JobWithdrawn or JobCancelled when after.Account is { } account => GivenUp(before.Status == JobStatus.EnRoute ? Travelled(account, now) : Worked(account, now), now),
        _ => after.Account,
    };

    /// <summary>Nobody answers a quote about a repair that somebody else will look at.</summary>
    private static JobAccount GivenUp(JobAccount account, DateTimeOffset now) =>
        account.Quote is { Status: QuoteStatus.Open } open ? account with { Quote = open with { Status = QuoteStatus.Withdrawn, EndedAt = now } } : account;

    private static JobAccount Travelled(JobAccount account, DateTimeOffset until) => account with { Travel = account.Travel + Between(account.Since, until), Since = null };

    private static JobAccount Worked(JobAccount account, DateTimeOffset until) => account with { Work = account.Work + Between(account.Since, until), Since = null };

    private static TimeSpan Between(DateTimeOffset? from, DateTimeOffset until) => from is { } begun && until > begun && until - begun <= Longest ? until - begun : TimeSpan.Zero;

    private static JobState With(JobState job, Quote quote) => job with { Account = Of(job) with { Quote = quote } };

    private static JobAccount Of(JobState job) => job.Account ?? JobAccount.None;
}
