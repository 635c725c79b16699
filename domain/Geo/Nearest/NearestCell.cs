namespace Dispatch.Domain.Geo.Nearest;

/// <summary>
/// The technicians of one cell, all that a question needs of each side by side. One writer at a time; readers take no lock: they read, and read again where the version says that
/// somebody wrote meanwhile (a sequence lock).
/// </summary>
internal sealed class NearestCell
{
    private const int Batch = 32;

    private Entry[] entries = [];
    private int count;
    private int version;

    /// <summary>Every skill somebody here has. May be read at any time: who stays is always in it.</summary>
    public ulong Skills => Volatile.Read(ref skills);

    private ulong skills;

    /// <summary>Adds a technician; says at which position.</summary>
    public int Add(int technician, PlanePoint at, ulong mask)
    {
        Entry[] target = entries;
        if (count == target.Length)
            Array.Resize(ref target, Math.Max(8, count + (count / 2)));
        BeginWrite();
        target[count] = new Entry(at.East, at.North, mask, technician);
        Volatile.Write(ref entries, target);
        count++;
        EndWrite();
        Volatile.Write(ref skills, skills | mask);
        return count - 1;
    }

    /// <summary>Changes where a technician is and what he can.</summary>
    public void Update(int position, PlanePoint at, ulong mask)
    {
        bool same = entries[position].Skills == mask;
        BeginWrite();
        entries[position] = new Entry(at.East, at.North, mask, entries[position].Technician);
        EndWrite();
        if (!same)
            CountSkills();
    }

    /// <summary>Removes a technician. The last one takes over the position and is returned; −1 where it was the last itself.</summary>
    public int Remove(int position)
    {
        int last = count - 1, moved = position == last ? -1 : entries[last].Technician;
        BeginWrite();
        if (moved >= 0)
            entries[position] = entries[last];
        count = last;
        EndWrite();
        CountSkills();
        return moved;
    }

    /// <summary>Takes in everybody here who has all skills needed and is near enough.</summary>
    public void Search(PlanePoint from, ulong needed, ref NearestList list)
    {
        Span<Neighbour> seen = stackalloc Neighbour[Batch];
        SpinWait wait = default;
        while (!TrySearch(from, needed, ref list, seen))
            wait.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Nothing reaches the list before the version has vouched for it. After a failed try those taken in before are met again, and known.</summary>
    private bool TrySearch(PlanePoint from, ulong needed, ref NearestList list, scoped Span<Neighbour> seen)
    {
        int before = Volatile.Read(ref version);
        if ((before & 1) != 0)
            return false;
        Entry[] read = Volatile.Read(ref entries);
        int length = Math.Min(count, read.Length), held = 0;
        for (int i = 0; i < length; i++)
        {
            ref readonly Entry entry = ref read[i];
            if ((entry.Skills & needed) != needed)
                continue;
            double east = entry.East - from.East, north = entry.North - from.North;
            Neighbour candidate = new(entry.Technician, (east * east) + (north * north));
            if (!list.Wants(candidate))
                continue;
            seen[held++] = candidate;
            if (held == Batch && !TryTake(seen, ref held, before, ref list))
                return false;
        }

        return TryTake(seen, ref held, before, ref list);
    }

    private bool TryTake(scoped Span<Neighbour> seen, ref int held, int before, ref NearestList list)
    {
        Volatile.ReadBarrier();
        if (Volatile.Read(ref version) != before)
            return false;
        foreach (Neighbour candidate in seen[..held])
            list.Take(candidate);
        held = 0;
        return true;
    }

    private void BeginWrite()
    {
        Volatile.Write(ref version, version + 1);
        Volatile.WriteBarrier();
    }

    private void EndWrite() => Volatile.Write(ref version, version + 1);

    private void CountSkills()
    {
        ulong union = 0;
        foreach (ref readonly Entry entry in entries.AsSpan(0, count))
            union |= entry.Skills;
        Volatile.Write(ref skills, union);
    }

    private readonly record struct Entry(double East, double North, ulong Skills, int Technician);
}
