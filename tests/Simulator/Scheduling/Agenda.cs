namespace Dispatch.Simulator;

/// <summary>Actions that are due at a virtual time. Equal times are carried out in the order added.</summary>
internal sealed class Agenda(DateTimeOffset start)
{
    private readonly PriorityQueue<Entry, (long Ticks, long Order)> _entries = new();
    private long _order;

    public sealed class Entry(Action action)
    {
        /// <summary>Null once it is canceled.</summary>
        public Action? Action { get; set; } = action;
    }

    public DateTimeOffset Start { get; } = start;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the next action is due; null when there is none. Time stands still while that is now.</summary>
    public TimeSpan? Next
    {
        get
        {
            while (_entries.TryPeek(out var entry, out var at))
            {
                if (entry.Action is not null)
                    return TimeSpan.FromTicks(at.Ticks);
                _entries.Dequeue();
            }
            return null;
        }
    }

    public Entry Add(TimeSpan after, Action action)
    {
        var entry = new Entry(action);
        _entries.Enqueue(entry, ((Elapsed + after).Ticks, _order++));
        return entry;
    }

    /// <summary>Moves to the time of the next action and carries it out.</summary>
    public void Advance()
    {
        if (Next is not { } at)
            return;
        Elapsed = at;
        _entries.Dequeue().Action!();
    }

    public void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > Elapsed)
            Elapsed = elapsed;
    }
}
