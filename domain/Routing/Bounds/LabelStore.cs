namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// The labels of one pricing: per place of the relaxed network those that nothing dominates, and a queue by time. Reused from run to run; not safe for
/// concurrent use.
/// </summary>
internal sealed class LabelStore
{
    /// <summary>A run that needs more is given up.</summary>
    private const int MostLabels = 3_000_000;

    private readonly PriorityQueue<int, long> waiting = new();
    private Entry[][] at = [];
    private int[] counts = [];
    private RouteLabel[] labels = new RouteLabel[1024];
    private int[] states = new int[1024];
    private int[] parents = new int[1024];
    private bool[] isPending = new bool[1024];
    private bool[] isDropped = new bool[1024];
    private int count;

    public bool IsFull => count >= MostLabels;

    public void Clear(int stateCount)
    {
        if (at.Length < stateCount)
        {
            int before = at.Length;
            Array.Resize(ref at, stateCount);
            Array.Resize(ref counts, stateCount);
            for (int s = before; s < stateCount; s++)
                at[s] = new Entry[8];
        }

        Array.Clear(counts);
        waiting.Clear();
        count = 0;
    }

    public ref readonly RouteLabel this[int index] => ref labels[index];

    public int StateOf(int index) => states[index];

    /// <summary>The label this one was extended from, or −1.</summary>
    public int ParentOf(int index) => parents[index];

    /// <summary>The waiting label of the least key that nothing has dropped meanwhile.</summary>
    public bool TryTake(out int index)
    {
        while (waiting.TryDequeue(out index, out _))
        {
            if (!isDropped[index])
            {
                isPending[index] = false;
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a label unless another dominates it; drops those it dominates; merges, or drops the dearest, where its slice of time is full.</summary>
    /// <param name="state">Where the label stands.</param>
    /// <param name="label">The label.</param>
    /// <param name="parent">The label it was extended from, or −1.</param>
    /// <param name="rules">How labels are compared and told apart.</param>
    /// <param name="slice">Its slice of time.</param>
    public void Add(int state, in RouteLabel label, int parent, in LabelRules rules, long slice)
    {
        Entry[] entries = at[state];
        int held = counts[state], inSlice = 0, chosen = -1;
        long least = long.MaxValue;
        for (int i = 0; i < held; i++)
        {
            ref Entry entry = ref entries[i];
            if (entry.Label.Dominates(label, rules.DurationWeight))
            {
                counts[state] = held;
                return;
            }

            if (label.Dominates(entry.Label, rules.DurationWeight))
            {
                isDropped[entry.Index] = true;
                entries[i--] = entries[--held];
            }
            else if (entry.Slice == slice && isPending[entry.Index] && (!rules.Counted || entry.Label.Served == label.Served))
            {
                inSlice++;
                // To be merged with: the nearest in cost. To be dropped: the dearest.
                long rank = rules.IsRelaxed ? Math.Abs(entry.Label.Cost - label.Cost) : -entry.Label.Cost;
                if (rank < least)
                    (chosen, least) = (i, rank);
            }
        }

        counts[state] = held;
        if (inSlice < rules.Labels)
        {
            Push(state, label, parent, rules, slice);
            return;
        }

        Entry other = entries[chosen];
        if (!rules.IsRelaxed && other.Label.Cost <= label.Cost)
            return;
        isDropped[other.Index] = true;
        entries[chosen] = entries[--counts[state]];
        if (!rules.IsRelaxed)
        {
            Push(state, label, parent, rules, slice);
            return;
        }

        // The path behind the merged label is the cheaper one's, so that a route read off it costs what the label says.
        Push(state, label.MergedWith(other.Label), label.Cost <= other.Label.Cost ? parent : parents[other.Index], rules, slice);
    }

    private void Push(int state, in RouteLabel label, int parent, in LabelRules rules, long slice)
    {
        if (count == labels.Length)
        {
            Array.Resize(ref labels, count * 2);
            Array.Resize(ref states, count * 2);
            Array.Resize(ref parents, count * 2);
            Array.Resize(ref isPending, count * 2);
            Array.Resize(ref isDropped, count * 2);
        }

        if (counts[state] == at[state].Length)
            Array.Resize(ref at[state], counts[state] * 2);
        at[state][counts[state]++] = new Entry(label, count, slice);
        (labels[count], states[count], parents[count], isPending[count], isDropped[count]) = (label, state, parent, true, false);
        // Where time may stand still, more jobs served is what moves forward.
        waiting.Enqueue(count, (label.Clock.Done * rules.KeyStep) + (rules.Counted ? label.Served : 0));
        count++;
    }

    private readonly record struct Entry(RouteLabel Label, int Index, long Slice);
}

/// <param name="DurationWeight">Price of a tick of waiting.</param>
/// <param name="Labels">Labels per slice that stay apart.</param>
/// <param name="IsRelaxed">Merged where there are more; else the dearest is dropped.</param>
/// <param name="Counted">Labels of different numbers of jobs stay apart.</param>
/// <param name="KeyStep">More than the greatest number of jobs, where they are counted.</param>
internal readonly record struct LabelRules(long DurationWeight, int Labels, bool IsRelaxed, bool Counted, long KeyStep);
