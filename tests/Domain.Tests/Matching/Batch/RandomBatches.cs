using Dispatch.Domain.Matching.Batch;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Tests.Matching.Batch;

/// <summary>Seeded batches of many shapes: more jobs or more technicians, ties, forbidden pairs, prices that bite and prices that never do, negative and huge costs, empty ones.</summary>
internal static class RandomBatches
{
    public static DenseBatch Dense(int seed, int most)
    {
        Xoshiro random = new((ulong)seed);
        int jobs = random.Below(most + 1), technicians = random.Below(most + 1);
        long spread = Pick(ref random, 2, 10, 1000, 1_000_000, BatchProblem.MaxCost);
        long least = Pick(ref random, 0, -spread / 2, -spread);
        int forbidden = (int)Pick(ref random, 0, 0, 30, 70, 100);
        long[] costs = new long[jobs * technicians];
        for (int i = 0; i < costs.Length; i++)
            costs[i] = random.Below(100) < forbidden ? BatchProblem.Forbidden : least + Upto(ref random, spread);
        long dearest = Pick(ref random, spread, Math.Min(spread * 20, BatchProblem.MaxCost), 0);
        long[] unassigned = new long[jobs];
        for (int j = 0; j < jobs; j++)
            unassigned[j] = dearest == 0 ? least + Upto(ref random, spread) : dearest;
        return new DenseBatch(costs, unassigned, technicians);
    }

    /// <summary>The same batch as lists, each in another order than the matrix has.</summary>
    public static SparseBatch SparseOf(DenseBatch batch)
    {
        List<int> first = [0], candidates = [];
        List<long> costs = [];
        for (int job = 0; job < batch.Jobs; job++)
        {
            foreach (BatchCandidate candidate in batch.CandidatesOf(job).OrderBy(c => (c.Technician * 7) % 5).ThenByDescending(c => c.Technician))
            {
                candidates.Add(candidate.Technician);
                costs.Add(candidate.Cost);
            }

            first.Add(candidates.Count);
        }

        return new SparseBatch([.. first], [.. candidates], [.. costs], batch.Unassigned, batch.Technicians);
    }

    private static long Pick(ref Xoshiro random, params ReadOnlySpan<long> among) => among[random.Below(among.Length)];

    private static long Upto(ref Xoshiro random, long spread) => (long)(random.Next() % (ulong)(spread + 1));
}
