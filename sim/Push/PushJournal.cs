namespace Dispatch.Sim.Push;

/// <summary>What a client did: applied an event, or (without a name) put a snapshot in place of everything up to a number.</summary>
/// <param name="At">Milliseconds since 1970.</param>
/// <param name="Source">With <paramref name="Number"/> the event's name; null for a snapshot.</param>
public readonly record struct Step(long Seq, string? Source, long Number, long At);

/// <summary>A client's own record of one stream. Written by its loop, read afterwards.</summary>
public sealed class PushJournal
{
    private readonly Lock gate = new();
    private readonly List<Step> steps = [];

    public void Applied(long seq, string source, long number) => Add(new Step(seq, source, number, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    public void Restored(long seq) => Add(new Step(seq, null, 0, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    public long Last
    {
        get
        {
            lock (gate)
                return steps.Count == 0 ? 0 : steps[^1].Seq;
        }
    }

    public IReadOnlyList<Step> ToList()
    {
        lock (gate)
            return [.. steps];
    }

    private void Add(Step step)
    {
        lock (gate)
            steps.Add(step);
    }
}

/// <summary>What the server says the stream is, from number 1.</summary>
public sealed record Replay(string Stream, IReadOnlyList<(string Source, long Number)> Events)
{
    /// <summary>Events that are in the stream more than once.</summary>
    public int Repeated => Events.Count - Events.Distinct().Count();
}

/// <summary>How a client's journal differs from the stream.</summary>
/// <param name="Applied">Events it applied.</param>
/// <param name="Snapshots">Times it put a snapshot in place of what it knew.</param>
/// <param name="Gaps">Steps over a number that no snapshot covered.</param>
/// <param name="Duplicates">Events applied although a step up to their number had been made before, and snapshots that went backwards.</param>
/// <param name="Strangers">Events that are not what the stream has under their number.</param>
/// <param name="Short">Numbers missing at the end.</param>
public sealed record JournalVerdict(int Applied, int Snapshots, int Gaps, int Duplicates, int Strangers, long Short)
{
    /// <param name="from">The number the client began after.</param>
    /// <param name="fromSnapshot">It began with a snapshot instead: without one, its first event is a gap.</param>
    public static JournalVerdict Of(IReadOnlyList<Step> journal, Replay replay, long from, bool fromSnapshot)
    {
        if (fromSnapshot && journal is [{ Source: not null }, ..])
            return new JournalVerdict(0, 0, 1, 0, 0, replay.Events.Count);
        (int applied, int snapshots, int gaps, int duplicates, int strangers, long last) = (0, 0, 0, 0, 0, from);
        foreach (Step step in journal)
        {
            if (step.Seq <= last && !(step.Source is null && step.Seq == last))
                duplicates++;
            if (step.Source is null)
            {
                snapshots++;
            }
            else
            {
                applied++;
                if (step.Seq > last + 1)
                    gaps++;
                if (step.Seq < 1 || step.Seq > replay.Events.Count || replay.Events[(int)step.Seq - 1] != (step.Source, step.Number))
                    strangers++;
            }
            last = Math.Max(last, step.Seq);
        }
        return new JournalVerdict(applied, snapshots, gaps, duplicates, strangers, replay.Events.Count - last);
    }
}
