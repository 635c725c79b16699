using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Jobs;
using Dispatch.Api.Reading;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Streams;

/// <summary>The present state behind a stream, for viewers who begin or have fallen far behind. Ended jobs are not in it.</summary>
internal sealed class SnapshotReader(EventHistory history, ViewReader views, IGrainFactory grains, DutyFilter duty, AuditLog audit)
{
    private const int Most = 100_000;

    /// <summary>The number is read first and the rows afterwards, so that they hold at least every event up to it.</summary>
    public async Task<SnapshotView> Take(Caller caller, StreamName name, CancellationToken cancellation)
    {
        long seq = await history.Head(caller.Tenant, name, cancellation);
        return name.Kind switch
        {
            StreamName.Zone => await OfZone(caller, name, seq, cancellation),
            StreamName.Point => await OfPoint(caller, name, seq, cancellation),
            StreamName.Technician => await OfTechnician(caller, name, seq, cancellation),
            StreamName.Job => await OfJob(caller, name, seq, cancellation),
            StreamName.Desk => await OfDesk(caller, name, seq, cancellation),
            // One thing of the desk is read by its own address; its stream only says when.
            _ => new(name.ToString(), seq, [], [], [], []),
        };
    }

    private async Task<SnapshotView> OfZone(Caller caller, StreamName name, long seq, CancellationToken cancellation)
    {
        await audit.WriteOngoing(caller, AuditLog.PositionsWatched, name.Id);
        List<StoredView> technicians = await views.List(caller.Tenant, ChangeToken.Technician, new ViewFilter(name.Id), null, Most, cancellation);
        List<StoredView> jobs = await views.List(caller.Tenant, ChangeToken.Job, new ViewFilter(name.Id, OpenOnly: true), null, Most, cancellation);
        ImmutableArray<Position> known = await grains.GetGrain<IFeedGrain>(GrainKeys.Of(caller.Tenant, name.ToString())).Positions();
        ImmutableArray<Position> positions = await duty.OnDuty(caller.Tenant, known, cancellation);
        List<StoredView> points = await views.List(caller.Tenant, ChangeToken.Point, new ViewFilter(name.Id), null, Most, cancellation);
        return new(
            name.ToString(), seq, [.. jobs.Select(r => r.ToJobView())], [.. technicians.Select(r => r.ToTechnicianView())], [.. positions.Select(PositionView.Of)],
            [.. points.Select(r => r.ToPointView())]);
    }

    private async Task<SnapshotView> OfPoint(Caller caller, StreamName name, long seq, CancellationToken cancellation)
    {
        StoredView? row = await views.Find(caller.Tenant, ChangeToken.Point, name.Id, cancellation);
        List<StoredView> jobs = await views.List(caller.Tenant, ChangeToken.Job, new ViewFilter(Point: name.Id, OpenOnly: true), null, Most, cancellation);
        return new(name.ToString(), seq, [.. jobs.Select(r => r.ToJobView())], [], [], row is null ? [] : [row.ToPointView()]);
    }

    private async Task<SnapshotView> OfTechnician(Caller caller, StreamName name, long seq, CancellationToken cancellation)
    {
        StoredView? row = await views.Find(caller.Tenant, ChangeToken.Technician, name.Id, cancellation);
        if (row is null)
            return new(name.ToString(), seq, [], [], [], []);
        TechnicianState technician = row.ToTechnician();
        List<StoredView> jobs = await views.List(
            caller.Tenant, ChangeToken.Job, new ViewFilter(Technician: name.Id, OrIds: [.. technician.Commitments.Select(c => c.Job.Value)], OpenOnly: true), null, Most, cancellation);
        // A commitment may name a job that has moved on to somebody else.
        JobView[] own = [.. jobs.Select(r => (Row: r, Job: r.ToJob())).Where(j => j.Job.CandidateOf(technician.Id) is not null).Select(j => JobView.Of(j.Job, j.Row.Version))];
        return new(name.ToString(), seq, own, [TechnicianView.Of(technician, row.Version)], [], []);
    }

    /// <summary>Experts see what is asked of them, not what customers are called about.</summary>
    private async Task<SnapshotView> OfDesk(Caller caller, StreamName name, long seq, CancellationToken cancellation)
    {
        bool works = caller.May(Act.WorkDesk) is null;
        List<StoredView> contacts = await Open(ChangeToken.Contact), escalations = await Open(ChangeToken.Escalation);
        List<StoredView> calls = works ? await Open(ChangeToken.CallBack) : [], cases = works ? await Open(ChangeToken.Case) : [];
        return new(name.ToString(), seq, [], [], [], [], new DeskSnapshotView(
            [.. contacts.Select(r => r.ToContactItem())], [.. escalations.Select(r => r.ToEscalationItem())], [.. calls.Select(r => r.ToCallBackItem())], [.. cases.Select(r => r.ToCaseItem())]));

        Task<List<StoredView>> Open(string kind) => views.List(caller.Tenant, kind, new ViewFilter(OpenOnly: true), null, Most, cancellation);
    }

    private async Task<SnapshotView> OfJob(Caller caller, StreamName name, long seq, CancellationToken cancellation)
    {
        StoredView? row = await views.Find(caller.Tenant, ChangeToken.Job, name.Id, cancellation);
        if (row is null)
            return new(name.ToString(), seq, [], [], [], []);
        JobView job = row.ToJobView();
        return new(name.ToString(), seq, [caller.TrackedJob is null ? job : Redacted(job)], [], [], []);
    }

    /// <summary>For the holder of a tracking token: no technicians, no plans.</summary>
    private static JobView Redacted(JobView job) => job with { TechnicianId = null, Candidates = [], OfferExpiresAt = null, Visit = null, Unplaced = null, Needs = null, StaleWork = 0 };
}
