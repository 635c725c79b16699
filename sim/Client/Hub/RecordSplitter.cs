namespace Dispatch.Sim.Client.Hub;

/// <summary>
/// Cuts a byte stream into records that each end with 0x1E, as the SignalR JSON protocol frames them. Transport frames mean nothing: a record may
/// span many, and one may hold many. Not thread-safe.
/// </summary>
public sealed class RecordSplitter(int maxRecordBytes = RecordSplitter.DefaultMaxRecordBytes)
{
    public const byte Separator = 0x1E;

    /// <summary>16 MiB: well above a page of 500 events, well below what could hurt.</summary>
    public const int DefaultMaxRecordBytes = 16 * 1024 * 1024;

    private byte[] pending = [];
    private int used;

    /// <summary>Bytes of the record that has not ended yet.</summary>
    public int PendingBytes => used;

    /// <summary>Records completed by <paramref name="chunk"/>, in order, without their separator; empty records are dropped.</summary>
    /// <exception cref="HubProtocolException">A record grew beyond the limit.</exception>
    public IReadOnlyList<byte[]> Push(ReadOnlySpan<byte> chunk)
    {
        List<byte[]> records = [];
        while (chunk.IndexOf(Separator) is var end and >= 0)
        {
            Keep(chunk[..end]);
            if (used > 0)
                records.Add(pending.AsSpan(0, used).ToArray());
            used = 0;
            chunk = chunk[(end + 1)..];
        }
        Keep(chunk);
        return records;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int needed = used + bytes.Length;
        if (needed > maxRecordBytes)
            throw new HubProtocolException($"A record is longer than {maxRecordBytes} bytes.");
        if (needed > pending.Length)
            Array.Resize(ref pending, Math.Max(needed, Math.Max(256, pending.Length * 2)));
        bytes.CopyTo(pending.AsSpan(used));
        used = needed;
    }
}
