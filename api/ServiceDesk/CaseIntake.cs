using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.ServiceDesk;

/// <summary>Opens complaints and finds those of a job.</summary>
internal sealed class CaseIntake(DeskThings things, DeskCommands desk, DeskTexts texts, IFeedStore feeds)
{
    private const int MostEvents = 1_000;

    /// <summary>Every complaint about the job, newest first: the job's own stream names them.</summary>
    public async Task<IReadOnlyList<VersionedDesk<CaseState>>> Of(TenantId tenant, JobId job, CancellationToken cancellation)
    {
        ImmutableArray<SequencedEvent> events = await feeds.Read(tenant, Grains.Contracts.Streams.Job(job), 0, MostEvents, cancellation);
        List<VersionedDesk<CaseState>> cases = [];
        foreach (string id in events.Where(e => e.ViewKind == ChangeToken.Case).Select(e => e.ViewId).Distinct().Reverse())
            if (await things.Case(tenant, new CaseId(id)).Get() is { } found)
                cases.Add(found);
        return cases;
    }

    /// <summary>The words there are of a complaint; what was said beside a rating lies with the call-back.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Words(CaseState complaint, CancellationToken cancellation)
    {
        Dictionary<string, string> words = await texts.Of(complaint.Tenant, complaint.Id.Value, cancellation);
        if (complaint.CallBack is { } call)
            foreach ((string id, string text) in await texts.Of(complaint.Tenant, call.Value, cancellation))
                words[id] = text;
        return words;
    }

    /// <summary>
    /// One complaint about a job at a time. Complaints of a job are numbered, so that two at the same moment, that of a rating too, meet at the same case, which takes one of them. A repetition is
    /// answered as the first time, by the case that took it.
    /// </summary>
    public async Task<(DeskReplyView? Reply, Refused? Refused)> Open(
        Caller caller, CaseParty party, JobId job, ContactId? contact, string reason, string? wish, string text, Operation operation, CancellationToken cancellation)
    {
        for (int n = 1; ; n++)
        {
            CaseId id = CaseId.Of(caller.Tenant, job, n);
            (DeskReplyView? reply, Refused? refused) = await desk.Run(caller, ChangeToken.Case, id.Value, "open", text, operation, said => things.Case(caller.Tenant, id).Execute(
                new OpenCase(id, caller.Tenant, job, null, contact, DayCheck.ToWord<CaseReason>(reason), wish is null ? null : DayCheck.ToWord<CaseRemedy>(wish), party, said), operation), cancellation);
            if (refused?.Problem.Code != CaseRefusals.Over)
                return (reply, refused);
        }
    }
}
