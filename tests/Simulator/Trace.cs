using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>
/// Everything that happened, as one number: FNV-1a, eight bytes at a time, over each event's virtual time, kind and names. Two runs of a
/// seed are the same run if and (but for a collision) only if their numbers are equal.
/// </summary>
internal sealed class Trace(Agenda agenda)
{
    private const ulong Prime = 1099511628211;

    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether the number is wanted: making it takes a few hundredths of a run.</summary>
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
        if (!what.IsDefault)
        {
            Mix(what.Type.AsSpan());
            Mix(what.Key.AsSpan());
        }
        Mix(detail);
        if (Listener is null)
            return;
        var grain = what.IsDefault ? "" : what.ToString();
        Listener($"{agenda.Elapsed:d\\.hh\\:mm\\:ss\\.fff} {kind,-10} {where,-8} {grain} {detail}");
    }

    public void Add(string kind, string where, GrainId what, Call call)
    {
        if (IsOn)
            Add(kind, where, what, call.ToString());
    }

    private void Mix(string text) => Mix(MemoryMarshal.AsBytes(text.AsSpan()));

    private void Mix(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            Mix((ulong)value);
        Mix(0xFFFF + (ulong)length);
    }

    // The turn carries what has changed above back to where the next product reaches everything.
    private void Mix(ulong value) => Hash = BitOperations.RotateLeft((Hash ^ value) * Prime, 29);
}
