namespace Dispatch.Runtime.Simulation;

/// <summary>
/// Everything that happened, as one number: FNV-1a over each event's virtual time, kind and names. Two runs of a seed
/// are the same run if and (but for a collision) only if their numbers are equal.
/// </summary>
internal sealed class Trace(Agenda agenda)
{
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Gets each event as a line, for reading a failing seed.</summary>
    public Action<string>? Listener { get; set; }

    public void Add(string kind, string where, GrainId what = default, string detail = "")
    {
        Mix((ulong)agenda.Elapsed.Ticks);
        Mix(kind);
        Mix(where);
        Mix(what.Type.ToString());
        Mix(what.Key.ToString());
        Mix(detail);
        Listener?.Invoke($"{agenda.Elapsed:d\\.hh\\:mm\\:ss\\.fff} {kind,-10} {where,-8} {(what.IsDefault ? "" : what.ToString())} {detail}");
    }

    private void Mix(string text)
    {
        foreach (var letter in text)
            Mix(letter);
        Mix(0xFFFF);
    }

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;
}
