using System.Collections.Concurrent;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Metrics;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Api.Streams.Live;

/// <summary>The push side: see "Streams" in docs/api.md. A refused invocation fails with the code as its message.</summary>
internal sealed class LiveHub(StreamRelay relay, Ownership ownership, TrackingLinks links, AuditLog audit, ApiOptions options, IHubContext<LiveHub> hub) : Hub
{
    private const string SeatKey = "seat";

    /// <summary>What one connection holds. Invocations of a connection come one at a time; the end may come during one.</summary>
    private sealed record Seat(Viewer Viewer)
    {
        public ConcurrentDictionary<StreamName, byte> Streams { get; } = new();
        public ConcurrentDictionary<(ZoneId Zone, string Topic), byte> Positions { get; } = new();
        public bool Holds(StreamName stream) => Streams.ContainsKey(stream);
    }

    private Seat Mine => (Seat)Context.Items[SeatKey]!;

    public override Task OnConnectedAsync()
    {
        // Only those with a token get here; the endpoint says so.
        Caller caller = Caller.Of(Context.User) ?? throw Refuse(EdgeRefusals.AuthRequired());
        Context.Items[SeatKey] = new Seat(new Viewer(Context.ConnectionId, caller, new HubLink(hub.Clients.Client(Context.ConnectionId)), options.ViewerBacklog));
        ApiMeters.ViewerCame();
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[SeatKey] is Seat seat)
        {
            seat.Viewer.Close();
            LeaveAll(seat);
            ApiMeters.ViewerLeft();
        }
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Hands events above <paramref name="after"/> on from now; what lies between it and the head answered is to be fetched.</summary>
    public async Task<HeadView> Subscribe(string stream, long after)
    {
        Seat seat = Mine;
        Caller caller = seat.Viewer.Caller;
        StreamName name = StreamName.Find(stream) ?? throw Refuse(EdgeRefusals.StreamUnknown(stream));
        (VersionedJob? job, Refused? refused) = await ownership.Stream(caller, name, Context.ConnectionAborted);
        if (refused is not null)
            throw Refuse(refused);
        if (!seat.Holds(name) && seat.Streams.Count >= options.StreamsPerViewer)
            throw Refuse(EdgeRefusals.TooManyStreams(options.StreamsPerViewer));
        TrackedJob? tracked = caller.TrackedJob is not null ? new TrackedJob(job!.State, seen => links.Check(seen, caller.Link)?.Problem.Code) : null;
        seat.Streams[name] = 0;
        long head = await relay.Subscribe(caller.Tenant, name, new Subscription(seat.Viewer, Math.Max(0, after), tracked), Context.ConnectionAborted);
        if (tracked is not null)
        {
            await WatchApproach(seat, job!.State.Zone, name, tracked);
            // A link withdrawn while this went on was told to nobody here.
            if ((await ownership.Stream(caller, name, Context.ConnectionAborted)).Refused is { } late)
            {
                Unsubscribe(stream);
                throw Refuse(late);
            }
        }
        LeaveIfGone(seat);
        return new HeadView(name.ToString(), head);
    }

    public void Unsubscribe(string stream)
    {
        Seat seat = Mine;
        if (StreamName.Find(stream) is not { } name || !seat.Streams.TryRemove(name, out _))
            return;
        relay.Unsubscribe(seat.Viewer.Caller.Tenant, name, seat.Viewer);
        seat.Viewer.Forget(name.ToString());
        foreach (var watch in seat.Positions.Keys.Where(p => p.Topic == name.ToString() || p.Topic == name.Id))
            StopWatching(seat, watch);
    }

    /// <summary>
    /// Positions of the zone are sent for this rectangle only, degrees, until the next call for the same zone. All in it are sent once, then what changes. Longitudes may be counted on beyond ±180 as maps do; an
    /// <paramref name="east"/> below <paramref name="west"/> is across the 180th meridian.
    /// </summary>
    public async Task SetView(string zone, double west, double south, double east, double north)
    {
        Seat seat = Mine;
        Caller caller = seat.Viewer.Caller;
        if (MapView.Of(west, south, east, north) is not { } view)
            throw Refuse(EdgeRefusals.Invalid("view", "out_of_range"));
        // A tracking token gets its one position by subscribing to its job, and no map.
        if (caller.TrackedJob is not null || caller.May(Act.WatchPositions, own: caller.Technician is not null) is not null)
            throw Refuse(EdgeRefusals.Forbidden());
        if (caller.Technician is null && (await ownership.Zone(caller, zone, Act.ReadZone, Context.ConnectionAborted)).Refused is { } refused)
            throw Refuse(refused);
        if (StreamName.Find(StreamName.Zone, zone) is null)
            throw Refuse(EdgeRefusals.StreamUnknown($"{StreamName.Zone}/{zone}"));
        if (seat.Positions.Count >= options.StreamsPerViewer && !seat.Positions.ContainsKey((new ZoneId(zone), zone)))
            throw Refuse(EdgeRefusals.TooManyStreams(options.StreamsPerViewer));
        if (caller.Technician is null)
            await audit.WriteOngoing(caller, AuditLog.PositionsWatched, zone);
        int news = 1;
        PositionWatch watch = new(
            seat.Viewer, zone,
            position => view.Contains(position.Place) && (caller.Technician is null || caller.Is(position.Technician)),
            () => Interlocked.Exchange(ref news, 0) == 1);
        seat.Positions[(new ZoneId(zone), zone)] = 0;
        await relay.WatchPositions(caller.Tenant, new ZoneId(zone), watch, Context.ConnectionAborted);
        LeaveIfGone(seat);
    }

    private async Task WatchApproach(Seat seat, ZoneId zone, StreamName job, TrackedJob tracked)
    {
        await audit.WriteOngoing(seat.Viewer.Caller, AuditLog.PositionTracked, job.Id);
        seat.Positions[(zone, job.ToString())] = 0;
        await relay.WatchPositions(seat.Viewer.Caller.Tenant, zone, new PositionWatch(
            seat.Viewer, job.ToString(), position => tracked.Approaching == position.Technician, tracked.TakeNews), Context.ConnectionAborted);
    }

    private void StopWatching(Seat seat, (ZoneId Zone, string Topic) watch)
    {
        if (seat.Positions.TryRemove(watch, out _))
            relay.Unsubscribe(seat.Viewer.Caller.Tenant, new StreamName(StreamName.Zone, watch.Zone.Value), seat.Viewer, watch.Topic);
    }

    private void LeaveIfGone(Seat seat)
    {
        if (seat.Viewer.IsClosed)
            LeaveAll(seat);
    }

    private void LeaveAll(Seat seat)
    {
        foreach (StreamName stream in seat.Streams.Keys)
            relay.Unsubscribe(seat.Viewer.Caller.Tenant, stream, seat.Viewer);
        foreach (var watch in seat.Positions.Keys)
            StopWatching(seat, watch);
    }

    private static HubException Refuse(Refused refused) => new(refused.Problem.Code);

    private sealed class HubLink(ISingleClientProxy client) : IViewerLink
    {
        public Task Events(string stream, IReadOnlyList<RawJson> events) => client.SendAsync("events", stream, events);

        public Task Head(string stream, long seq) => client.SendAsync("head", stream, seq);

        public Task Ended(string stream, string code) => client.SendAsync("ended", stream, code);

        public Task Positions(string topic, IReadOnlyList<PositionView> positions) => client.SendAsync("positions", topic, positions);
    }
}
