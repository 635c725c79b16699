namespace Dispatch.Domain.Jobs.Links;

/// <summary>A new link for the customer, who is sent it; every earlier one leads nowhere from then on.</summary>
/// <param name="Reason">In the words of the member of staff.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.renewLink")]
public sealed record RenewLink([property: Id(0)] string? Reason) : JobCommand;

/// <summary>The link leads nowhere from now on, and no message holds one, until another is made.</summary>
/// <param name="Reason">In the words of the member of staff.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.withdrawLink")]
public sealed record WithdrawLink([property: Id(0)] string? Reason) : JobCommand;

[GenerateSerializer, Immutable, Alias("dispatch.job.linkRenewed")]
public sealed record LinkRenewed([property: Id(0)] int Number, [property: Id(1)] string? Reason, [property: Id(2)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.linkWithdrawn")]
public sealed record LinkWithdrawn([property: Id(0)] int Number, [property: Id(1)] string? Reason, [property: Id(2)] DateTimeOffset At) : JobEvent;

/// <summary>What a command does to the link. Pure. Possible in every state of the job: a link may fall into wrong hands at any time.</summary>
internal static class LinkDecider
{
    public static Decision<JobEvent> Renewed(JobState job, RenewLink c, DateTimeOffset now) => new LinkRenewed((job.Link?.Number ?? 0) + 1, c.Reason, now);

    public static Decision<JobEvent> Withdrawn(JobState job, WithdrawLink c, DateTimeOffset now) =>
        job.Link is { IsWithdrawn: true } ? Decision<JobEvent>.Nothing : new LinkWithdrawn(job.Link?.Number ?? 0, c.Reason, now);
}

internal static class LinkEvolution
{
    /// <summary>Null for a fact that is not about the link.</summary>
    public static JobState? Apply(JobState job, JobEvent fact) => fact switch
    {
        LinkRenewed e => job with { Link = new TrackingLink(e.Number, IsWithdrawn: false, e.At) },
        LinkWithdrawn e => job with { Link = new TrackingLink(e.Number, IsWithdrawn: true, e.At) },
        _ => null,
    };
}
