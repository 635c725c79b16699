using System.Numerics;

namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// What a relaxed route remembers: at each job only those visited jobs that lie near it (ng-routes: Baldacci, Mingozzi and Roberti 2011). It may come
/// back to a job only after it has been far enough away to forget it.
/// </summary>
internal sealed class NearJobs
{
    private readonly int jobs;
    private readonly int[][] members;
    private readonly sbyte[] slot;

    /// <param name="problem">The problem.</param>
    /// <param name="size">Jobs remembered at each job, itself included; at most 32.</param>
    public NearJobs(RoutingProblem problem, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 32);
        jobs = problem.Jobs;
        members = new int[jobs][];
        slot = new sbyte[jobs * jobs];
        Array.Fill(slot, (sbyte)-1);
        long[] nearness = new long[jobs];
        int[] order = new int[jobs];
        for (int job = 0; job < jobs; job++)
        {
            for (int other = 0; other < jobs; other++)
                (order[other], nearness[other]) = (other, other == job ? -1 : Nearness(problem, job, other));
            Array.Sort(nearness, order);
            members[job] = order[..Math.Min(size, jobs)];
            for (int i = 0; i < members[job].Length; i++)
                slot[(job * jobs) + members[job][i]] = (sbyte)i;
        }
    }

    /// <summary>Whether somebody who stands at a job with this memory remembers the other.</summary>
    public bool Remembers(int at, uint memory, int job) => slot[(at * jobs) + job] is >= 0 and sbyte bit && (memory & (1u << bit)) != 0;

    /// <summary>The memory of the job alone.</summary>
    public uint Only(int job) => 1u << slot[(job * jobs) + job];

    /// <summary>The memory after going on from one job to another.</summary>
    public uint Carry(int from, uint memory, int to)
    {
        uint carried = Only(to);
        int[] known = members[from];
        for (uint rest = memory; rest != 0; rest &= rest - 1)
        {
            if (slot[(to * jobs) + known[BitOperations.TrailingZeroCount(rest)]] is >= 0 and sbyte bit)
                carried |= 1u << bit;
        }

        return carried;
    }

    // Equal distances keep the order of the jobs: the sort's key holds both.
    private static long Nearness(RoutingProblem problem, int a, int b)
    {
        if (problem.FirstNode[a] == problem.FirstNode[a + 1] || problem.FirstNode[b] == problem.FirstNode[b + 1] || problem.IsFloatingJob(a) || problem.IsFloatingJob(b))
            return long.MaxValue;
        long there = problem.TravelBetween(problem.FirstNode[a], problem.FirstNode[b]), back = problem.TravelBetween(problem.FirstNode[b], problem.FirstNode[a]);
        return (Math.Min(there, back) * problem.Jobs) + b;
    }
}
