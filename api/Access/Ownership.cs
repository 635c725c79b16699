using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.ServiceDesk;
using Dispatch.Api.Streams;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Access;

/// <summary>
/// Finds the thing a request is about and whose it is, and asks the policy. What does not exist is unknown to those who could see it, and forbidden
/// to those who could not.
/// </summary>
internal sealed class Ownership(IGrainFactory grains, ViewReader views, DeskThings desk, TrackingLinks links)
{
    public IJobGrain JobGrain(TenantId tenant, JobId job) => grains.GetGrain<IJobGrain>(GrainKeys.Of(tenant, job.Value));

    public ITechnicianGrain TechnicianGrain(TenantId tenant, TechnicianId technician) => grains.GetGrain<ITechnicianGrain>(GrainKeys.Of(tenant, technician.Value));

    /// <summary>The job as it now is, if the caller may do this to it. A technician owns what is offered to them or theirs.</summary>
    public async Task<(VersionedJob? Job, Refused? Refused)> Job(Caller caller, string id, Act act)
    {
        if (!Input.Words.IsId(id, JobId.Prefix))
            return (null, Refused.Of(JobRefusals.Unknown(new JobId(id))));
        JobId job = new(id);
        // A token for another job is turned away without a look, so that it does not tell which jobs exist.
        if (caller.TrackedJob is { } tracked && tracked != job)
            return (null, EdgeRefusals.Forbidden());
        VersionedJob? found = await JobGrain(caller.Tenant, job).Get();
        // A connection outlives its request: its link may have been withdrawn since.
        if (caller.TrackedJob is not null && found is not null && links.Check(found.State, caller.Link) is { } over)
            return (null, over);
        bool own = caller.TrackedJob is not null || (caller.Technician is { } technician && found?.State.CandidateOf(technician) is not null);
        if (caller.May(act, own) is { } refused)
            return (null, refused);
        return found is null ? (null, Refused.Of(JobRefusals.Unknown(job))) : (found, null);
    }

    /// <summary>The technician as they now are, if the caller may do this to them.</summary>
    public async Task<(VersionedTechnician? Technician, Refused? Refused)> Technician(Caller caller, string id, Act act)
    {
        if (TechnicianRight(caller, id, act) is { } refused)
            return (null, refused);
        TechnicianId technician = new(id);
        VersionedTechnician? found = await TechnicianGrain(caller.Tenant, technician).Get();
        return found is null ? (null, Refused.Of(TechnicianRefusals.Unknown(technician))) : (found, null);
    }

    /// <summary>Null if the caller may do this to the technician of this id, should there be one.</summary>
    public static Refused? TechnicianRight(Caller caller, string id, Act act)
    {
        TechnicianId technician = new(id);
        if (caller.May(act, caller.Is(technician)) is { } refused)
            return refused;
        return Input.Words.IsId(id, TechnicianId.Prefix) ? null : Refused.Of(TechnicianRefusals.Unknown(technician));
    }

    public IServicePointGrain PointGrain(TenantId tenant, ServicePointId point) => grains.GetGrain<IServicePointGrain>(GrainKeys.Of(tenant, point.Value));

    /// <summary>The service point as it now is, if the caller may do this to it.</summary>
    public async Task<(VersionedPoint? Point, Refused? Refused)> Point(Caller caller, string id, Act act)
    {
        if (caller.May(act) is { } refused)
            return (null, refused);
        ServicePointId point = new(id);
        VersionedPoint? found = Input.Words.IsId(id, ServicePointId.Prefix) ? await PointGrain(caller.Tenant, point).Get() : null;
        return found is null ? (null, Refused.Of(ServicePointRefusals.Unknown(point))) : (found, null);
    }

    /// <summary>The zone, if the caller may do this to it.</summary>
    public async Task<(StoredView? Zone, Refused? Refused)> Zone(Caller caller, string id, Act act, CancellationToken cancellation)
    {
        if (caller.May(act) is { } refused)
            return (null, refused);
        StoredView? found = Input.Words.IsId(id, ZoneId.Prefix) ? await views.Find(caller.Tenant, ChangeToken.Zone, id, cancellation) : null;
        return found is null ? (null, Refused.Of(ZoneDecider.Unknown(new ZoneId(id)))) : (found, null);
    }

    /// <summary>Null if the caller may follow the stream, with the job if it is one of a job.</summary>
    public async Task<(VersionedJob? Job, Refused? Refused)> Stream(Caller caller, StreamName stream, CancellationToken cancellation)
    {
        switch (stream.Kind)
        {
            case StreamName.Job:
                return await Job(caller, stream.Id, Act.FollowJob);
            case StreamName.Technician:
                return (null, (await Technician(caller, stream.Id, Act.ReadTechnician)).Refused);
            case StreamName.Point:
                return (null, (await Point(caller, stream.Id, Act.ReadPoint)).Refused);
            case StreamName.Contact:
                return (null, (await desk.Find(caller, stream.Id, Act.FollowContact)).Refused);
            case StreamName.Case:
                return (null, caller.May(Act.WorkDesk) ?? (await desk.FindCase(caller, stream.Id)).Refused);
            case StreamName.Desk:
                return (null, caller.May(Act.ReadDesk));
            default:
                return (null, (await Zone(caller, stream.Id, Act.ReadZone, cancellation)).Refused);
        }
    }
}
