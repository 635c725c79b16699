namespace Dispatch.Domain.Routing;

/// <summary>Cuts the routes of a plan into groups that lie near each other, around jobs drawn by chance, so that each cut runs elsewhere.</summary>
internal sealed class RouteClusters(RoutingProblem problem)
{
    private readonly ulong[] keys = new ulong[problem.Jobs];

    /// <summary>Groups of about so many jobs that together hold every technician and every job once. Unserved jobs go where their nearest neighbours are.</summary>
    public (int[] Technicians, int[] Jobs)[] Divide(SearchState state, int jobsPerPart, ref Xoshiro chance)
    {
        int parts = Math.Max(1, (int)Math.Round((double)problem.Jobs / jobsPerPart));
        int target = (problem.Jobs + parts - 1) / parts;
        int[] partOf = new int[problem.Technicians];
        Array.Fill(partOf, -1);
        List<List<int>> technicians = [];
        List<List<int>> jobs = [];
        int[] order = [.. Enumerable.Range(0, problem.Jobs)];
        chance.Shuffle(order);
        foreach (int seed in order)
        {
            if (state.RouteOf(seed) is var route && (route < 0 || partOf[route] >= 0))
                continue;
            technicians.Add([]);
            jobs.Add([]);
            Grow(state, seed, target, partOf, technicians.Count - 1, technicians[^1], jobs[^1]);
        }

        if (technicians.Count == 0)
        {
            technicians.Add([]);
            jobs.Add([]);
        }

        MergeSmall(technicians, jobs, partOf, target);
        SpreadIdle(state, technicians, partOf);
        SpreadUnserved(state, jobs, partOf);
        return [.. technicians.Zip(jobs, (t, j) => (t.Order().ToArray(), j.Order().ToArray()))];
    }

    private void Grow(SearchState state, int seed, int target, int[] partOf, int part, List<int> technicians, List<int> jobs)
    {
        int from = problem.FirstNode[seed];
        for (int k = 0; k < problem.Jobs; k++)
        {
            int node = problem.FirstNode[k];
            ulong apart = node == problem.FirstNode[k + 1] || problem.PlaceOf[node] < 0 || problem.PlaceOf[from] < 0
                ? RoutingProblem.Unreachable
                : (ulong)problem.TravelBetween(from, node);
            keys[k] = (apart << 32) | (uint)k;
        }

        Array.Sort(keys);
        foreach (ulong key in keys)
        {
            if (jobs.Count >= target)
                return;
            int route = state.RouteOf((int)(uint)key);
            if (route < 0 || partOf[route] >= 0)
                continue;
            partOf[route] = part;
            technicians.Add(route);
            foreach (int node in state.Routes[route].Nodes)
                if (problem.JobOf[node] >= 0)
                    jobs.Add(problem.JobOf[node]);
        }
    }

    /// <summary>What was left over between the others is scattered; it joins the part before it.</summary>
    private static void MergeSmall(List<List<int>> technicians, List<List<int>> jobs, int[] partOf, int target)
    {
        for (int p = technicians.Count - 1; p > 0; p--)
        {
            if (jobs[p].Count >= target / 4)
                continue;
            foreach (int t in technicians[p])
                partOf[t] = p - 1;
            technicians[p - 1].AddRange(technicians[p]);
            jobs[p - 1].AddRange(jobs[p]);
            technicians.RemoveAt(p);
            jobs.RemoveAt(p);
            for (int t = 0; t < partOf.Length; t++)
                if (partOf[t] > p)
                    partOf[t]--;
        }
    }

    /// <summary>Technicians without work go in turn to the part whose jobs they are nearest to by their start, or round about where that is equal.</summary>
    private void SpreadIdle(SearchState state, List<List<int>> technicians, int[] partOf)
    {
        int turn = 0;
        for (int t = 0; t < problem.Technicians; t++)
        {
            if (partOf[t] >= 0)
                continue;
            int nearest = -1;
            long least = long.MaxValue;
            bool equal = true;
            for (int p = 0; p < technicians.Count; p++)
            {
                long apart = 0;
                foreach (int other in technicians[p].Take(8))
                    if (state.Routes[other].JobCount > 0)
                        apart += problem.TravelBetween(problem.StartNode(t), state.Routes[other].Nodes[1]);
                equal &= p == 0 || apart == least;
                if (apart < least)
                    (nearest, least) = (p, apart);
            }

            // Interchangeable technicians start at one place, so they are dealt out evenly.
            int part = problem.Class[t] >= 0 || equal || nearest < 0 ? turn++ % technicians.Count : nearest;
            partOf[t] = part;
            technicians[part].Add(t);
        }
    }

    private void SpreadUnserved(SearchState state, List<List<int>> jobs, int[] partOf)
    {
        foreach (int job in state.Unserved)
        {
            int best = 0;
            long least = long.MaxValue;
            for (int k = 0; k < problem.Jobs; k++)
            {
                int route = state.RouteOf(k);
                if (route < 0 || problem.FirstNode[job] == problem.FirstNode[job + 1] || problem.PlaceOf[problem.FirstNode[job]] < 0 || problem.PlaceOf[problem.FirstNode[k]] < 0)
                    continue;
                int apart = problem.TravelBetween(problem.FirstNode[job], problem.FirstNode[k]);
                if (apart < least)
                    (best, least) = (partOf[route], apart);
            }

            jobs[best].Add(job);
        }
    }
}
