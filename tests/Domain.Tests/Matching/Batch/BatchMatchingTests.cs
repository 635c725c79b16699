using Dispatch.Domain.Matching.Batch;

namespace Dispatch.Domain.Tests.Matching.Batch;

public class BatchMatchingTests
{
    [Fact]
    public void SmallBatches_AreSolvedAsByTryingEverything()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: 6);
            long best = Cheapest(batch, 0, 0);
            Assert.True(best == BatchMatching.Solve(batch).Objective, $"dense, seed {seed}");
            Assert.True(best == BatchMatching.Solve(RandomBatches.SparseOf(batch)).Objective, $"sparse, seed {seed}");
        }
    }

    [Fact]
    public void EveryAssignment_IsProvedTheBestByItsPrices()
    {
        for (int seed = 0; seed < 1500; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: seed % 100 == 0 ? 150 : 30);
            Assert.True(BatchCertificate.Check(batch, BatchMatching.Solve(batch)) is null, $"dense, seed {seed}: {BatchCertificate.Check(batch, BatchMatching.Solve(batch))}");
            SparseBatch sparse = RandomBatches.SparseOf(batch);
            Assert.True(BatchCertificate.Check(sparse, BatchMatching.Solve(sparse)) is null, $"sparse, seed {seed}: {BatchCertificate.Check(sparse, BatchMatching.Solve(sparse))}");
        }
    }

    [Fact]
    public void ListsAndMatrix_HaveTheSameObjective()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: 60);
            Assert.Equal(BatchMatching.Solve(batch).Objective, BatchMatching.Solve(RandomBatches.SparseOf(batch)).Objective);
        }
    }

    [Fact]
    public void AnotherTechnician_NeverMakesTheBatchDearer()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: 25);
            if (batch.Technicians == 0)
                continue;
            Assert.True(BatchMatching.Solve(batch).Objective <= BatchMatching.Solve(WithoutLast(batch)).Objective, $"seed {seed}");
        }
    }

    [Fact]
    public void SameBatch_SameAssignmentAndPrices()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            BatchAssignment first = BatchMatching.Solve(RandomBatches.Dense(seed, most: 40)), again = BatchMatching.Solve(RandomBatches.Dense(seed, most: 40));
            Assert.Equal(first.TechnicianOf, again.TechnicianOf);
            Assert.Equal(first.JobPrices, again.JobPrices);
            Assert.Equal(first.TechnicianPrices, again.TechnicianPrices);
        }
    }

    [Fact]
    public void AJob_IsLeft_WhereServingItCostsMore()
    {
        BatchAssignment result = BatchMatching.Solve(new DenseBatch(new long[] { 5, 9, 20, 30 }, [100, 10], technicians: 2));
        Assert.Equal([0, BatchAssignment.Nobody], result.TechnicianOf);
        Assert.Equal(15, result.Objective);
    }

    [Fact]
    public void ATechniciansPrice_IsWhatOneMoreLikeIt_WouldSave()
    {
        // Two jobs that nobody wants to leave want the one technician; the other is far away.
        BatchAssignment result = BatchMatching.Solve(new DenseBatch(new long[] { 1, 50, 1, 50 }, [1000, 1000], technicians: 2));
        Assert.Equal(51, result.Objective);
        Assert.Equal([-49, 0], result.TechnicianPrices);
        Assert.Equal(2, BatchMatching.Solve(new DenseBatch(new long[] { 1, 50, 1, 1, 50, 1 }, [1000, 1000], technicians: 3)).Objective);
    }

    [Fact]
    public void AMatrixOfAnotherSize_IsNoBatch_NorAListThatNamesATechnicianTwice()
    {
        Assert.Throws<ArgumentException>(() => new DenseBatch(new long[3], [1, 1], technicians: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseBatch(new long[] { BatchProblem.MaxCost + 1 }, [1], technicians: 1));
        Assert.Throws<ArgumentException>(() => new SparseBatch([0, 2], [0, 0], [1, 2], [1], technicians: 1));
        Assert.Throws<ArgumentException>(() => new SparseBatch([0, 1], [1], [1], [1], technicians: 1));
        Assert.Throws<ArgumentException>(() => new SparseBatch([0, 2, 1], [0, 1], [1, 1], [1, 1], technicians: 2));
    }

    private static DenseBatch WithoutLast(DenseBatch batch)
    {
        int fewer = batch.Technicians - 1;
        long[] costs = new long[batch.Jobs * fewer];
        for (int job = 0; job < batch.Jobs; job++)
            batch.Costs.Slice(job * batch.Technicians, fewer).CopyTo(costs.AsSpan(job * fewer));
        return new DenseBatch(costs, batch.Unassigned, fewer);
    }

    private static long Cheapest(DenseBatch batch, int job, int busy)
    {
        if (job == batch.Jobs)
            return 0;
        long best = batch.Unassigned[job] + Cheapest(batch, job + 1, busy);
        foreach (BatchCandidate candidate in batch.CandidatesOf(job))
            if ((busy & (1 << candidate.Technician)) == 0)
                best = Math.Min(best, candidate.Cost + Cheapest(batch, job + 1, busy | (1 << candidate.Technician)));
        return best;
    }
}
