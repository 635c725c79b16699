namespace Dispatch.Domain.Matching.Batch;

/// <summary>A batch seen from the technicians: a row per technician, a column per job, and as cost what a pair costs more than leaving the job.</summary>
internal static class Transposed
{
    /// <summary>Copied in squares, because walking down a column of the matrix touches another page with every step.</summary>
    private const int Block = 32;

    public static long[] Of(DenseBatch batch)
    {
        (int jobs, int technicians) = (batch.Jobs, batch.Technicians);
        ReadOnlySpan<long> costs = batch.Costs;
        long[] turned = GC.AllocateUninitializedArray<long>(jobs * technicians);
        for (int fromJob = 0; fromJob < jobs; fromJob += Block)
            for (int from = 0; from < technicians; from += Block)
                for (int t = from; t < Math.Min(technicians, from + Block); t++)
                    for (int j = fromJob; j < Math.Min(jobs, fromJob + Block); j++)
                        turned[(t * jobs) + j] = costs[(j * technicians) + t] is var cost && cost == BatchProblem.Forbidden ? cost : cost - batch.Unassigned[j];
        return turned;
    }

    public static (int[] First, int[] Jobs, long[] Costs) Of(SparseBatch batch)
    {
        int[] first = new int[batch.Technicians + 1];
        foreach (int technician in batch.Candidates)
            first[technician + 1]++;
        for (int t = 0; t < batch.Technicians; t++)
            first[t + 1] += first[t];
        int[] next = first[..^1];
        int[] jobs = new int[batch.Candidates.Length];
        long[] costs = new long[batch.Candidates.Length];
        for (int job = 0; job < batch.Jobs; job++)
            for (int i = batch.First[job]; i < batch.First[job + 1]; i++)
            {
                int at = next[batch.Candidates[i]]++;
                (jobs[at], costs[at]) = (job, batch.Costs[i] - batch.Unassigned[job]);
            }

        return (first, jobs, costs);
    }
}
