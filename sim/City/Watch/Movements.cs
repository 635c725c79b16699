using System.Text.Json;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Watch;

/// <summary>Watches the map as the console does, and notes who has moved.</summary>
public sealed class Movements : IAsyncDisposable
{
    /// <summary>Metres; less is not worth calling a movement.</summary>
    private const double Least = 20;

    private sealed class Track(PlanePoint first)
    {
        public PlanePoint Last { get; set; } = first;
        public double Metres { get; set; }
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Plane plane = new(Basemap.Centre);
    private readonly Dictionary<string, Track> tracks = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly IReadOnlyList<string> zones;
    private readonly ReconnectingHub hub;
    private readonly CancellationTokenSource life = new();

    private sealed record Seen(string TechnicianId, double Lon, double Lat);

    public Movements(Uri server, ApiClient staff, IReadOnlyList<string> zones, TimeProvider time)
    {
        this.zones = zones;
        hub = new ReconnectingHub(WebSocketTransport.To(server, "hub", staff.Token), new HubOptions(), Backoff.Standard, time, new Random(), Changed, Called);
    }

    /// <summary>Positions received.</summary>
    public long Positions { get; private set; }

    /// <summary>Technicians seen at all.</summary>
    public int Shown
    {
        get
        {
            lock (gate)
                return tracks.Count;
        }
    }

    /// <summary>Technicians who have moved since the last call.</summary>
    public int TakeMoved()
    {
        lock (gate)
        {
            int moved = tracks.Values.Count(t => t.Metres > Least);
            foreach (Track track in tracks.Values)
                track.Metres = 0;
            return moved;
        }
    }

    /// <summary>Technicians who have moved so far in this round.</summary>
    public int Moved
    {
        get
        {
            lock (gate)
                return tracks.Values.Count(t => t.Metres > Least);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        await hub.DisposeAsync();
    }

    private void Changed(HubChange change)
    {
        if (change is not HubChange.Up)
            return;
        foreach (string zone in zones)
            _ = Look(zone);
    }

    private async Task Look(string zone)
    {
        (double lon, double lat) = Basemap.Centre;
        try
        {
            await hub.Invoke("SetView", life.Token, zone, lon - 1, lat - 1, lon + 1, lat + 1);
        }
        catch (Exception e) when (e is HubClosedException or OperationCanceledException or TimeoutException or HubProtocolException)
        {
            // the next connection asks again
        }
    }

    private void Called(string target, IReadOnlyList<JsonElement> arguments)
    {
        if (target != "positions" || arguments.Count != 2)
            return;
        lock (gate)
            foreach (Seen seen in arguments[1].Deserialize<List<Seen>>(Json) ?? [])
            {
                Positions++;
                PlanePoint at = plane.ToPlane(new Place(seen.Lon, seen.Lat));
                if (!tracks.TryGetValue(seen.TechnicianId, out Track? track))
                    tracks[seen.TechnicianId] = track = new Track(at);
                track.Metres += track.Last.DistanceTo(at);
                track.Last = at;
            }
    }
}
