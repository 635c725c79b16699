using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// The exact optimum of a batch with dual prices: bidding, then shortest augmenting paths (Jonker and Volgenant 1987, without their column reduction, because a technician
/// without a job must keep price 0). The smaller side bids, so that it finds the larger one plentiful. Pure: the same batch gives the same assignment. Quadratic in the longer
/// side per path at most, cubic in all; no allocation but the working arrays.
/// </summary>
public static class BatchMatching
{
    public static BatchAssignment Solve(DenseBatch batch)
    {
        if (batch.Jobs <= batch.Technicians)
            return ByJobs(batch, new DenseAugmentation(batch.Matrix, batch.Unassigned.ToArray(), batch.Technicians).Solve());
        return ByTechnicians(batch, new DenseAugmentation(Transposed.Of(batch), new long[batch.Technicians], batch.Jobs).Solve());
    }

    public static BatchAssignment Solve(SparseBatch batch)
    {
        if (batch.Jobs <= batch.Technicians)
            return ByJobs(batch, new SparseAugmentation(batch.First.ToArray(), batch.Candidates.ToArray(), batch.Costs.ToArray(), batch.Unassigned.ToArray(), batch.Technicians).Solve());
        (int[] first, int[] jobs, long[] costs) = Transposed.Of(batch);
        return ByTechnicians(batch, new SparseAugmentation(first, jobs, costs, new long[batch.Technicians], batch.Jobs).Solve());
    }

    private static BatchAssignment ByJobs(BatchProblem batch, Matched matched) => Result(batch, matched.ColumnOf, matched.RowPrices, matched.ColumnPrices);

    /// <summary>Technicians bid for jobs, and what a job saves against being left is the cost: the job's price is that of leaving it and what the bidding makes of it.</summary>
    private static BatchAssignment ByTechnicians(BatchProblem batch, Matched matched)
    {
        int[] technicianOf = new int[batch.Jobs];
        Array.Fill(technicianOf, BatchAssignment.Nobody);
        for (int technician = 0; technician < batch.Technicians; technician++)
            if (matched.ColumnOf[technician] >= 0)
                technicianOf[matched.ColumnOf[technician]] = technician;
        long[] jobPrices = matched.ColumnPrices;
        for (int job = 0; job < batch.Jobs; job++)
            jobPrices[job] += batch.Unassigned[job];
        return Result(batch, technicianOf, jobPrices, matched.RowPrices);
    }

    /// <summary>The prices added up are the objective; the certificate checks that against the costs.</summary>
    private static BatchAssignment Result(BatchProblem batch, int[] technicianOf, long[] jobPrices, long[] technicianPrices)
    {
        for (int job = 0; job < batch.Jobs; job++)
            technicianOf[job] = Math.Max(technicianOf[job], BatchAssignment.Nobody);
        return new BatchAssignment(
            ImmutableCollectionsMarshal.AsImmutableArray(technicianOf),
            jobPrices.Sum() + technicianPrices.Sum(),
            ImmutableCollectionsMarshal.AsImmutableArray(jobPrices),
            ImmutableCollectionsMarshal.AsImmutableArray(technicianPrices));
    }
}
