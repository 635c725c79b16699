using Dispatch.Domain;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Streams.Live;

/// <summary>Somebody who watches positions of a zone.</summary>
/// <param name="Topic">What the positions are sent under.</param>
/// <param name="Sees">Whether this position is for them now.</param>
internal sealed record PositionWatch(Viewer Viewer, string Topic, Func<Position, bool> Sees, Func<bool> TakeNews);

/// <summary>
/// The newest position of each technician of a zone, by the time of their devices, and who watches. <see cref="Flush"/> hands on what changed since the last
/// time, so that the rate is that of the calls and not of the reports.
/// </summary>
internal sealed class PositionBoard
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TechnicianId, Position> _newest = [];
    private readonly HashSet<TechnicianId> _changed = [];
    private readonly List<PositionWatch> _watches = [];

    public bool IsWatched
    {
        get
        {
            lock (_gate)
                return _watches.Count > 0;
        }
    }

    public void Put(IEnumerable<Position> positions)
    {
        lock (_gate)
            foreach (Position position in positions)
                if (!_newest.TryGetValue(position.Technician, out Position? known) || known.At < position.At)
                {
                    _newest[position.Technician] = position;
                    _changed.Add(position.Technician);
                }
    }

    /// <summary>The technician is off duty; where they were is shown to nobody any more.</summary>
    public void Forget(TechnicianId technician)
    {
        lock (_gate)
        {
            _newest.Remove(technician);
            _changed.Remove(technician);
        }
    }

    /// <summary>Replaces the same viewer's watch of the same topic.</summary>
    public void Watch(PositionWatch watch)
    {
        lock (_gate)
        {
            _watches.RemoveAll(w => w.Viewer == watch.Viewer && w.Topic == watch.Topic);
            _watches.Add(watch);
        }
    }

    public void Remove(Viewer viewer, string? topic = null)
    {
        lock (_gate)
            _watches.RemoveAll(w => w.Viewer == viewer && (topic is null || w.Topic == topic));
    }

    /// <summary>Hands every watcher what changed and is for them; one with news, for example a new view, gets all that is for them.</summary>
    public void Flush()
    {
        List<(PositionWatch Watch, List<PositionView> Positions)> due = [];
        lock (_gate)
        {
            foreach (PositionWatch watch in _watches)
            {
                IEnumerable<Position> candidates = watch.TakeNews() ? _newest.Values : _changed.Select(t => _newest[t]);
                List<PositionView> seen = [.. candidates.Where(watch.Sees).Select(p => Spell(p, watch.Viewer))];
                if (seen.Count > 0)
                    due.Add((watch, seen));
            }
            _changed.Clear();
        }
        foreach ((PositionWatch watch, List<PositionView> positions) in due)
            watch.Viewer.Positions(watch.Topic, positions);
    }

    private static PositionView Spell(Position position, Viewer viewer) =>
        viewer.Caller.TrackedJob is null ? PositionView.Of(position) : PositionView.Of(position) with { TechnicianId = null };
}
