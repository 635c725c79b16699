namespace Dispatch.Domain.Jobs.Links;

/// <summary>The customer's link to their job, once it is no longer the one that came with the request: that one has number 0 and needs no record.</summary>
/// <param name="Number">Of the newest link. Those with lower numbers lead nowhere.</param>
/// <param name="IsWithdrawn">Whether the newest one leads nowhere either, until another is made.</param>
/// <param name="ChangedAt">When it was made or withdrawn.</param>
[GenerateSerializer, Immutable, Alias("dispatch.trackingLink")]
public sealed record TrackingLink([property: Id(0)] int Number, [property: Id(1)] bool IsWithdrawn, [property: Id(2)] DateTimeOffset ChangedAt);

/// <summary>What a link is good for at a moment.</summary>
public enum LinkStanding
{
    Valid,
    /// <summary>The job ended so long ago that its page is closed.</summary>
    Ended,
    /// <summary>Staff withdrew it, or replaced it by a newer one.</summary>
    Withdrawn,
}

/// <summary>How long links are good for, and whether one still is. Pure.</summary>
/// <param name="EndsAfter">From the end of the job, or from the making of the link where that came later.</param>
public sealed record LinkRules(TimeSpan EndsAfter)
{
    public static LinkRules Standard { get; } = new(TimeSpan.FromDays(30));

    /// <summary>When the newest link of the job ends; null while the job goes on.</summary>
    public DateTimeOffset? EndOf(JobState job)
    {
        if (job.Ended is not { } ended)
            return null;
        // A customer who is given a link after the end is given time to use it.
        return (job.Link?.ChangedAt > ended ? job.Link.ChangedAt : ended) + EndsAfter;
    }

    public LinkStanding StandingOf(JobState job, int number, DateTimeOffset now)
    {
        if (number != (job.Link?.Number ?? 0) || job.Link is { IsWithdrawn: true })
            return LinkStanding.Withdrawn;
        return now >= EndOf(job) ? LinkStanding.Ended : LinkStanding.Valid;
    }
}
