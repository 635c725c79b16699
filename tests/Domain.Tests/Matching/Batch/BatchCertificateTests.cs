using System.Collections.Immutable;
using Dispatch.Domain.Matching.Batch;

namespace Dispatch.Domain.Tests.Matching.Batch;

public class BatchCertificateTests
{
    /// <summary>Job 0 goes to technician 0, job 1 to technician 2, job 2 to nobody; technician 1 is idle, and may not do job 0.</summary>
    private static readonly DenseBatch Batch = new(new long[] { 3, BatchProblem.Forbidden, 8, 2, 7, 4, 9, 9, 9 }, [20, 20, 5], technicians: 3);
    private static readonly BatchAssignment Best = BatchMatching.Solve(Batch);

    [Fact]
    public void TheBest_IsAccepted()
    {
        Assert.Equal([0, 2, BatchAssignment.Nobody], Best.TechnicianOf);
        Assert.Null(BatchCertificate.Check(Batch, Best));
    }

    public static TheoryData<BatchCondition, BatchAssignment> Tampered() => new()
    {
        { BatchCondition.Shape, Best with { TechnicianOf = [0, 2] } },
        { BatchCondition.Shape, Best with { TechnicianOf = [0, 2, 3] } },
        { BatchCondition.Shape, Best with { TechnicianPrices = [.. Best.TechnicianPrices, 0] } },
        { BatchCondition.TechnicianTwice, Best with { TechnicianOf = [0, 2, 0] } },
        { BatchCondition.PairForbidden, Best with { TechnicianOf = [1, 2, BatchAssignment.Nobody] } },
        { BatchCondition.PairUnderpriced, Best with { JobPrices = Changed(Best.JobPrices, 0, 1) } },
        { BatchCondition.PairUnderpriced, Best with { TechnicianPrices = Changed(Best.TechnicianPrices, 0, 1) } },
        { BatchCondition.AssignedPairNotTight, Best with { JobPrices = Changed(Best.JobPrices, 0, -1) } },
        { BatchCondition.AssignedPairNotTight, Best with { TechnicianOf = [2, 0, BatchAssignment.Nobody] } },
        { BatchCondition.JobOverpriced, Best with { JobPrices = Changed(Best.JobPrices, 2, 1) } },
        { BatchCondition.LeftJobNotTight, Best with { JobPrices = Changed(Best.JobPrices, 2, -1) } },
        { BatchCondition.LeftJobNotTight, Best with { TechnicianOf = [0, BatchAssignment.Nobody, BatchAssignment.Nobody] } },
        { BatchCondition.IdleTechnicianPriced, Best with { TechnicianPrices = Changed(Best.TechnicianPrices, 1, -1) } },
        { BatchCondition.Objective, Best with { Objective = Best.Objective - 1 } },
    };

    [Theory, MemberData(nameof(Tampered))]
    public void WhatWasTamperedWith_IsRefused_NamingTheCondition(BatchCondition condition, BatchAssignment tampered) =>
        Assert.Equal(condition, BatchCertificate.Check(Batch, tampered)?.Condition);

    [Fact]
    public void ATechnicianPricedAboveZero_IsRefused_HoweverWellItFitsTheJob()
    {
        DenseBatch pair = new(new long[] { 3 }, [20], technicians: 1);
        Assert.Equal(BatchCondition.TechnicianPricePositive, BatchCertificate.Check(pair, new BatchAssignment([0], 3, [2], [1]))?.Condition);
        Assert.Null(BatchCertificate.Check(pair, new BatchAssignment([0], 3, [4], [-1])));
    }

    [Fact]
    public void EveryOtherPrice_AndEveryOtherObjective_IsRefused()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: 12);
            BatchAssignment best = BatchMatching.Solve(batch);
            Assert.NotNull(BatchCertificate.Check(batch, best with { Objective = best.Objective + 1 }));
            for (int job = 0; job < batch.Jobs; job++)
            {
                Assert.NotNull(BatchCertificate.Check(batch, best with { JobPrices = Changed(best.JobPrices, job, 1) }));
                Assert.NotNull(BatchCertificate.Check(batch, best with { JobPrices = Changed(best.JobPrices, job, -1) }));
            }

            for (int technician = 0; technician < batch.Technicians; technician++)
                Assert.NotNull(BatchCertificate.Check(batch, best with { TechnicianPrices = Changed(best.TechnicianPrices, technician, -1) }));
        }
    }

    [Fact]
    public void AReason_NeverSaysMoreThanForcingTheChoiceCosts_AndIsNeverNegative()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            DenseBatch batch = RandomBatches.Dense(seed, most: 8);
            BatchAssignment best = BatchMatching.Solve(batch);
            for (int job = 0; job < batch.Jobs; job++)
                foreach (BatchReason reason in BatchReasons.Of(batch, best, job))
                {
                    BatchAssignment forced = BatchMatching.Solve(Forced(batch, job, reason.Technician));
                    // Where even that is dearer than the dearest price, nothing forces it.
                    if (forced.TechnicianOf[job] == reason.Technician)
                        Assert.InRange(reason.AtLeast, 0, forced.Objective - best.Objective);
                }
        }
    }

    [Fact]
    public void Reasons_NameEveryOtherChoice_TheClosestFirst()
    {
        ImmutableArray<BatchReason> reasons = BatchReasons.Of(Batch, Best, 1);
        Assert.Equal([0, 1, BatchAssignment.Nobody], reasons.Select(r => r.Technician).Order(Comparer<int>.Create((a, b) => ((uint)a).CompareTo((uint)b))));
        Assert.Equal(reasons.Select(r => r.AtLeast).Order(), reasons.Select(r => r.AtLeast));
    }

    /// <summary>The batch in which the job has no other choice, or one so dear that nobody makes it.</summary>
    private static DenseBatch Forced(DenseBatch batch, int job, int technician)
    {
        long[] costs = batch.Costs.ToArray();
        long[] unassigned = batch.Unassigned.ToArray();
        for (int t = 0; t < batch.Technicians; t++)
            if (t != technician)
                costs[(job * batch.Technicians) + t] = BatchProblem.Forbidden;
        if (technician != BatchAssignment.Nobody)
            unassigned[job] = BatchProblem.MaxCost;
        return new DenseBatch(costs, unassigned, batch.Technicians);
    }

    private static ImmutableArray<long> Changed(ImmutableArray<long> prices, int at, long by) => prices.SetItem(at, prices[at] + by);
}
