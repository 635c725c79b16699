using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Bookings;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Tracking;

/// <summary>Puts together what one customer may know of their one job.</summary>
internal sealed class TrackingDesk(Ownership ownership, IFeedStore store, TechnicianNames names, IGrainFactory grains, AuditLog audit, BusinessClock clock)
{
    private const int MostEvents = 500;

    /// <summary>The view, or null if there is no such job.</summary>
    public async Task<TrackingView?> Look(Caller customer, JobId job, CancellationToken cancellation)
    {
        // Events first, then the state: what is shown is never older than the number said with it.
        ImmutableArray<SequencedEvent> events = await store.Read(customer.Tenant, Grains.Contracts.Streams.Job(job), 0, MostEvents, cancellation);
        if (await ownership.JobGrain(customer.Tenant, job).Get() is not { State: var state })
            return null;
        TrackedJobView shown = TrackedJobView.Of(state, 0, await names.Find(customer.Tenant, state.Assigned, cancellation));
        return new TrackingView(
            job.Value, state.Status, state.Mode, WindowOf(state), shown.Arrival, shown.Technician, PlaceView.Of(state.Request.Place),
            await Approaching(customer, state), events.IsEmpty ? 0 : events[^1].Seq, TrackingSteps.Of(events),
            shown.PromisedAt, await PointOf(customer, state), shown.Parcels, shown.Outcome, shown.Quote, state.Terms is { } terms ? TermsView.Of(terms) : null);
    }

    private async Task<TrackedPointView?> PointOf(Caller customer, JobState job) =>
        job.Booking is { Confirmed: true } booking && await ownership.PointGrain(customer.Tenant, booking.Point).Get() is { State.Profile: var profile }
            ? new TrackedPointView(profile.Name, PlaceView.Of(profile.Place))
            : null;

    private WindowView? WindowOf(JobState job)
    {
        if (job.Request.Windows.IsEmpty)
            return null;
        DateTimeOffset now = clock.GetUtcNow();
        TimeWindow[] windows = [.. job.Request.Windows.OrderBy(w => w.From)];
        return WindowView.Of(windows.Where(w => w.To >= now).DefaultIfEmpty(windows[^1]).First());
    }

    private async Task<TrackedPositionView?> Approaching(Caller customer, JobState job)
    {
        if (job is not { Status: JobStatus.EnRoute, Assigned: { } technician })
            return null;
        string zone = GrainKeys.Of(customer.Tenant, Grains.Contracts.Streams.Zone(job.Zone));
        Position? position = (await grains.GetGrain<IFeedGrain>(zone).Positions()).FirstOrDefault(p => p.Technician == technician);
        if (position is null)
            return null;
        await audit.WriteOngoing(customer, AuditLog.PositionTracked, job.Id.Value);
        return new TrackedPositionView(position.Place.Lon, position.Place.Lat, position.At);
    }
}
