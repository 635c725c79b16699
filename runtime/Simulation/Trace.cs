using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Dispatch.Runtime.Simulation;

/// <summary>
/// Everything that happened, as one number: FNV-1a, four letters at a time, over each event's virtual time, kind and names. Two runs of a seed
/// are the same run if and (but for a collision) only if their numbers are equal.
/// </summary>
internal sealed class Trace(Agenda agenda)
{
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether anybody wants the number: making it takes a few hundredths of a run.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Gets each event as a line, for reading a failing seed.</summary>
    public Action<string>? Listener { get; set; }

    public void Add(string kind, string where, GrainId what = default, string detail = "")
    {
        if (!IsOn)
            return;
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
        var rest = text.AsSpan();
        for (; rest.Length >= 4; rest = rest[4..])
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(rest)));
        foreach (var letter in rest)
            Mix(letter);
        Mix(0xFFFF + (ulong)text.Length);
    }

    // The turn carries what has changed above back to where the next product reaches everything.
    private void Mix(ulong value) => Hash = BitOperations.RotateLeft((Hash ^ value) * Prime, 29);
}
