using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServiceDesk;

namespace Dispatch.Api.Access;

/// <summary>
/// Decides whether a customer's link is still good: what its token says is held against the record of the job and against business time.
/// Every room opens links here, so that a link that has ended or was withdrawn is over everywhere at once.
/// </summary>
internal sealed class TrackingLinks(TrackingTokens tokens, IGrainFactory grains, LinkRules rules, BusinessClock clock, ApiOptions options)
{
    /// <summary>The customer and the job of a link, or why it leads nowhere.</summary>
    public async Task<(TrackedCustomer? Customer, Refused? Refused)> Open(string? token)
    {
        if (tokens.Verify(token) is not { } link)
            return (null, EdgeRefusals.TrackUnknown());
        if (await grains.GetGrain<IJobGrain>(GrainKeys.Of(options.Tenant, link.Job.Value)).Get() is not { } job)
            return (null, EdgeRefusals.TrackUnknown());
        return Check(job.State, link.Number) is { } refused
            ? (null, refused)
            : (new TrackedCustomer(Caller.Customer(options.Tenant, link), job), null);
    }

    /// <summary>The customer whose token was sent instead of a sign-in; both null if it is none of ours.</summary>
    public async Task<(Caller? Customer, Refused? Refused)> OpenBearer(string? token)
    {
        if (tokens.Verify(token) is not null)
        {
            (TrackedCustomer? tracked, Refused? refused) = await Open(token);
            return (tracked?.Caller, refused);
        }
        if (tokens.VerifyContact(token) is not { } contact)
            return (null, null);
        ContactState? state = (await grains.GetGrain<IContactGrain>(GrainKeys.Of(options.Tenant, contact.Value)).Get())?.State;
        return clock.GetUtcNow() >= state?.EndedAt + rules.EndsAfter
            ? (null, EdgeRefusals.TrackEnded())
            : (Caller.Customer(options.Tenant, contact), null);
    }

    /// <summary>Null while the link of this number is good for the job as it stands.</summary>
    public Refused? Check(JobState job, int number) => rules.StandingOf(job, number, clock.GetUtcNow()) switch
    {
        LinkStanding.Ended => EdgeRefusals.TrackEnded(),
        LinkStanding.Withdrawn => EdgeRefusals.TrackWithdrawn(),
        _ => null,
    };

    /// <summary>The token of the link that is good for the job now; null where it was withdrawn and no other made.</summary>
    public string? TokenOf(JobState job) => job.Link is { IsWithdrawn: true } ? null : tokens.For(job.Id, job.Link?.Number ?? 0);
}

/// <summary>A customer with a good link, and the job that the link leads to.</summary>
internal sealed record TrackedCustomer(Caller Caller, VersionedJob Job);
