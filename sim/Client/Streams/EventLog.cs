namespace Dispatch.Sim.Client.Streams;

/// <summary>Events in the order a client applied them; written by its loop, read by anybody.</summary>
public sealed class EventLog
{
    private readonly Lock gate = new();
    private readonly List<StreamEvent> events = [];

    public int Count
    {
        get
        {
            lock (gate)
                return events.Count;
        }
    }

    public void Add(StreamEvent happened)
    {
        lock (gate)
            events.Add(happened);
    }

    public IReadOnlyList<StreamEvent> ToList()
    {
        lock (gate)
            return [.. events];
    }
}
