using Dispatch.Api.Access;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.ServiceDesk;
using Dispatch.Api.Zones;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Api.Jobs;

/// <summary>Turns a customer's request into a job: finds the zone, keeps the contact apart, asks the job.</summary>
internal sealed class JobIntake(Ownership ownership, DeskThings desk, TerritoryIndex territories, ContactStore contacts, TrackingTokens tokens, BusinessClock clock, ApiOptions options)
{
    public async Task<(JobReplyView? Job, Refused? Refused)> Request(Posted<CreateJobRequest> posted, CancellationToken cancellation)
    {
        (Caller caller, CreateJobRequest body) = (posted.Caller, posted.Value);
        if (body.Needs is not null && caller.May(Act.StateNeeds) is { } forbidden)
            return (null, forbidden);
        (JobOrigin? origin, Refused? wrong) = await JobOrigin.Find(caller, body.Channel, body.ContactId, desk);
        if (wrong is not null)
            return (null, wrong);
        Operation operation = posted.OperationOn("jobs");
        JobId id = JobId.Derive(caller.Tenant, operation.Id);
        IJobGrain grain = ownership.JobGrain(caller.Tenant, id);
        Category category = CatalogueData.Shared.Get(body.Category!);
        JobRequest request = origin!.Of(body.ToJobRequest(category.Severity, category.Bench));

        // A repetition is answered as the first time, whatever has become of time and territories since.
        ZoneId? zone = (await grain.Get())?.State.Zone;
        if (zone is null)
        {
            // A technician has to get there; a parcel may come from anywhere, and the nearest territory looks after it.
            zone = await territories.ZoneOf(caller.Tenant, request.Place, orNearest: request.Mode == ServiceMode.MailIn, cancellation);
            if (zone is null)
                return (null, EdgeRefusals.OutsideTerritory(request.Place));
            // The job decides this again; asked here so that nothing is kept of a customer whose job will not come about.
            if (JobDecider.CheckRequest(request, clock.GetUtcNow()) is { } impossible)
                return (null, Refused.Of(impossible));
            await contacts.Put(caller.Tenant, id, body.Contact!.ToContact(body.Address), cancellation);
        }
        JobReply reply = await grain.Execute(
            new RequestJob(id, caller.Tenant, zone.Value, request, body.Needs?.ToNeeds() ?? category.ToNeeds()), operation);
        return reply.Refusal is null ? (Tracked(reply.Job!, caller), null) : (null, reply.ToRefused(caller));
    }

    /// <summary>The answer with the customer's link.</summary>
    public JobReplyView Tracked(JobAnswer job, Caller caller)
    {
        string token = tokens.For(job.Id);
        return JobReplyView.Of(job, caller) with { TrackingToken = token, TrackingUrl = $"{options.PublicUrl}/track/{token}" };
    }
}
