using Dispatch.Api.Access;
using Dispatch.Api.Metrics;

namespace Dispatch.Api.Streams.Live;

/// <summary>
/// One connection and what waits for it. Events keep their order; heads and positions are conflated to the newest. One slow viewer costs at most its
/// backlog: beyond that its events are dropped and only the head is told, so that it fetches what it misses.
/// </summary>
internal sealed class Viewer(string id, Caller caller, IViewerLink link, int backlog)
{
    private const int LargestBatch = 100, MostPositions = 250;

    /// <summary>Bytes of one message, if it holds more than one event: on a slow link a longer one takes so long to arrive that its viewer takes the server for gone.</summary>
    private const int LargestMessage = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(string Stream, long Seq, RawJson Event)> _events = new();
    private readonly Dictionary<string, long> _heads = [];
    private readonly Dictionary<string, Dictionary<string, PositionView>> _positions = [];
    private readonly HashSet<string> _behind = [];
    private readonly Dictionary<string, string> _ended = [];
    private bool _pumping;

    public string Id => id;

    public Caller Caller => caller;

    /// <summary>Set once the connection is gone; nothing is kept for it any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Ends when nothing waits any more; for tests and orderly ends.</summary>
    public Task Idle { get; private set; } = Task.CompletedTask;

    public void Event(string stream, long seq, RawJson e)
    {
        lock (_gate)
        {
            if (IsClosed)
                return;
            if (_behind.Contains(stream))
                Raise(stream, seq);
            else if (_events.Count >= backlog)
                FallBehind(stream, seq);
            else
                _events.Enqueue((stream, seq, e));
            Pump();
        }
    }

    public void Head(string stream, long seq)
    {
        lock (_gate)
        {
            if (IsClosed)
                return;
            Raise(stream, seq);
            Pump();
        }
    }

    /// <summary>Nothing more is sent of this stream, nor what still waits of it.</summary>
    public void End(string stream, string code)
    {
        lock (_gate)
        {
            if (IsClosed)
                return;
            Drop(stream);
            _ended[stream] = code;
            Pump();
        }
    }

    /// <summary>Replaces what still waits of the same technicians.</summary>
    public void Positions(string topic, IEnumerable<PositionView> positions)
    {
        lock (_gate)
        {
            if (IsClosed)
                return;
            if (!_positions.TryGetValue(topic, out Dictionary<string, PositionView>? waiting))
                _positions.Add(topic, waiting = []);
            foreach (PositionView position in positions)
                waiting[position.TechnicianId ?? ""] = position;
            Pump();
        }
    }

    /// <summary>Forgets what waits of one stream.</summary>
    public void Forget(string stream)
    {
        lock (_gate)
        {
            _heads.Remove(stream);
            _behind.Remove(stream);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            IsClosed = true;
            _events.Clear();
            _heads.Clear();
            _positions.Clear();
            _behind.Clear();
            _ended.Clear();
        }
    }

    private void Drop(string stream)
    {
        for (int waiting = _events.Count; waiting > 0; waiting--)
            if (_events.Dequeue() is var e && e.Stream != stream)
                _events.Enqueue(e);
        _heads.Remove(stream);
        _behind.Remove(stream);
        _positions.Remove(stream);
    }

    private void Raise(string stream, long seq) => _heads[stream] = Math.Max(seq, _heads.GetValueOrDefault(stream));

    private void FallBehind(string stream, long seq)
    {
        foreach ((string queued, long number, _) in _events)
        {
            _behind.Add(queued);
            Raise(queued, number);
        }
        _events.Clear();
        _behind.Add(stream);
        Raise(stream, seq);
        ApiMeters.Resync();
    }

    private void Pump()
    {
        if (_pumping)
            return;
        _pumping = true;
        Idle = Task.Run(Send);
    }

    private async Task Send()
    {
        while (Next() is { } send)
        {
            try
            {
                await send();
            }
            catch (Exception)
            {
                // The connection broke while sending. It is gone for good; the viewer comes back on a new one and asks from its last number.
                Close();
            }
        }
    }

    /// <summary>The next message as something to send, or null when there is none; events before heads, heads before positions.</summary>
    private Func<Task>? Next()
    {
        lock (_gate)
        {
            if (_events.TryPeek(out var first))
            {
                List<RawJson> batch = [];
                int bytes = 0;
                while (batch.Count < LargestBatch && _events.TryPeek(out var e) && e.Stream == first.Stream && (batch.Count == 0 || bytes + e.Event.Utf8.Length <= LargestMessage))
                {
                    bytes += e.Event.Utf8.Length;
                    batch.Add(_events.Dequeue().Event);
                }
                ApiMeters.EventsPushed(batch.Count);
                return () => link.Events(first.Stream, batch);
            }
            foreach ((string stream, long seq) in _heads)
            {
                _heads.Remove(stream);
                _behind.Remove(stream);
                return () => link.Head(stream, seq);
            }
            foreach ((string stream, string code) in _ended)
            {
                _ended.Remove(stream);
                return () => link.Ended(stream, code);
            }
            foreach ((string topic, Dictionary<string, PositionView> waiting) in _positions)
            {
                PositionView[] sent = [.. waiting.Values.Take(MostPositions)];
                if (sent.Length == waiting.Count)
                    _positions.Remove(topic);
                else
                    foreach (PositionView position in sent)
                        waiting.Remove(position.TechnicianId ?? "");
                ApiMeters.PositionsPushed(sent.Length);
                return () => link.Positions(topic, sent);
            }
            _pumping = false;
            return null;
        }
    }
}
