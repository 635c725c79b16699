namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// A flow of jobs through a network to a sink, each job one unit: as many of the highest priority as can get through, then of the next, and the cheapest of all such flows.
/// Successive shortest paths (Busacker and Gowen 1961) with potentials (Edmonds and Karp 1972), a path per job: it ends at the sink, or else where the least important job on the
/// way gives up its place. Costs are 0 or more. Deterministic.
/// </summary>
internal sealed class BenchFlow
{
    private readonly int[] priorities;
    private Arc[] arcs = new Arc[1024];
    private int count;
    private readonly List<int> firstArc = [];
    private readonly PriorityQueue<int, long> queue = new();
    private readonly List<int> reached = [];
    private long[] potentials = [];
    private long[] distances = [];
    private int[] arcTo = [];
    private bool[] settled = [];

    /// <param name="priorities">Per job; jobs are the nodes from 0.</param>
    public BenchFlow(ReadOnlySpan<int> priorities)
    {
        this.priorities = priorities.ToArray();
        for (int node = 0; node <= priorities.Length; node++)
            AddNode();
    }

    public int Sink => priorities.Length;

    public int AddNode()
    {
        firstArc.Add(-1);
        return firstArc.Count - 1;
    }

    /// <summary>The number of the arc, for <see cref="FlowOn"/>.</summary>
    public int AddArc(int from, int to, int capacity, long cost)
    {
        if (count == arcs.Length)
            Array.Resize(ref arcs, 2 * count);
        arcs[count] = new Arc(to, firstArc[from], capacity, cost);
        firstArc[from] = count++;
        arcs[count] = new Arc(from, firstArc[to], 0, -cost);
        firstArc[to] = count++;
        return count - 2;
    }

    /// <summary>How many units go through an arc once solved.</summary>
    public int FlowOn(int arc) => arcs[arc + 1].Capacity;

    /// <summary>What all units cost together once solved.</summary>
    public long Cost()
    {
        long sum = 0;
        for (int arc = 0; arc < count; arc += 2)
            sum += FlowOn(arc) * arcs[arc].Cost;
        return sum;
    }

    /// <summary>Sends every job through that can go.</summary>
    public void Solve()
    {
        (potentials, distances, arcTo, settled) = (new long[firstArc.Count], new long[firstArc.Count], new int[firstArc.Count], new bool[firstArc.Count]);
        Array.Fill(distances, long.MaxValue);
        for (int job = 0; job < priorities.Length; job++)
            Send(job);
    }

    private void Send(int root)
    {
        // So high that every way out of the job costs 0 or more.
        potentials[root] = long.MinValue;
        for (int a = firstArc[root]; a >= 0; a = arcs[a].Next)
            if (arcs[a].Capacity > 0)
                potentials[root] = Math.Max(potentials[root], potentials[arcs[a].To] - arcs[a].Cost);
        if (potentials[root] == long.MinValue)
            return;
        int end = Search(root);
        long length = distances[end];
        foreach (int node in reached)
        {
            if (distances[node] < length)
                potentials[node] += distances[node] - length;
            (distances[node], settled[node]) = (long.MaxValue, false);
        }

        reached.Clear();
        queue.Clear();
        for (int node = end; node != root; node = arcs[arcTo[node] ^ 1].To)
            Push(arcTo[node]);
    }

    /// <summary>Nearest first, until the sink is; where it cannot be reached, the job of least priority that can, then the nearest: perhaps the root itself.</summary>
    private int Search(int root)
    {
        Reach(root, 0, -1);
        (int leaver, long leaving) = (root, 0);
        while (queue.TryDequeue(out int node, out long at))
        {
            if (settled[node] || at > distances[node])
                continue;
            if (node == Sink)
                return node;
            settled[node] = true;
            // What the way there costs in fact.
            long cost = distances[node] - potentials[root] + potentials[node];
            if (node < Sink && (priorities[node], cost) is var last && last.CompareTo((priorities[leaver], leaving)) < 0)
                (leaver, leaving) = (node, cost);
            for (int a = firstArc[node]; a >= 0; a = arcs[a].Next)
            {
                ref readonly Arc arc = ref arcs[a];
                if (arc.Capacity > 0 && at + arc.Cost + potentials[node] - potentials[arc.To] is var distance && distance < distances[arc.To])
                    Reach(arc.To, distance, a);
            }

        }

        return leaver;
    }

    private void Reach(int node, long distance, int arc)
    {
        if (distances[node] == long.MaxValue)
            reached.Add(node);
        (distances[node], arcTo[node]) = (distance, arc);
        queue.Enqueue(node, distance);
    }

    private void Push(int arc)
    {
        arcs[arc] = arcs[arc] with { Capacity = arcs[arc].Capacity - 1 };
        arcs[arc ^ 1] = arcs[arc ^ 1] with { Capacity = arcs[arc ^ 1].Capacity + 1 };
    }

    /// <param name="Next">The next arc out of the same node, or -1. Arcs come in pairs, there and back.</param>
    private readonly record struct Arc(int To, int Next, int Capacity, long Cost);
}
