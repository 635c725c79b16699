namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// Proof by linear programming duality that an assignment is the best there is. It knows the conditions and nothing of how the assignment was found: whoever doubts the solver
/// reads these lines instead.
/// </summary>
public static class BatchCertificate
{
    /// <summary>Null where the assignment keeps every rule and its prices prove it the best; else the first condition that fails.</summary>
    public static BatchFault? Check(BatchProblem batch, BatchAssignment result)
    {
        if (result.TechnicianOf.Length != batch.Jobs || result.JobPrices.Length != batch.Jobs || result.TechnicianPrices.Length != batch.Technicians)
            return new BatchFault(BatchCondition.Shape, -1, -1);
        Int128 cost = 0, prices = 0;
        int[] jobOf = new int[batch.Technicians];
        Array.Fill(jobOf, -1);
        for (int job = 0; job < batch.Jobs; job++)
        {
            if (CheckJob(batch, result, jobOf, job, ref cost) is { } fault)
                return fault;
            prices += result.JobPrices[job];
        }

        for (int technician = 0; technician < batch.Technicians; technician++)
        {
            if (result.TechnicianPrices[technician] > 0)
                return new BatchFault(BatchCondition.TechnicianPricePositive, -1, technician);
            if (jobOf[technician] < 0 && result.TechnicianPrices[technician] != 0)
                return new BatchFault(BatchCondition.IdleTechnicianPriced, -1, technician);
            prices += result.TechnicianPrices[technician];
        }

        if (cost != result.Objective)
            return new BatchFault(BatchCondition.Objective, -1, -1);
        // It follows from the rest, and is asked all the same: this sum is what everybody understands.
        return prices != cost ? new BatchFault(BatchCondition.PricesDiffer, -1, -1) : null;
    }

    private static BatchFault? CheckJob(BatchProblem batch, BatchAssignment result, int[] jobOf, int job, ref Int128 cost)
    {
        int assigned = result.TechnicianOf[job];
        Int128 price = result.JobPrices[job];
        if (assigned != BatchAssignment.Nobody)
        {
            if ((uint)assigned >= (uint)batch.Technicians)
                return new BatchFault(BatchCondition.Shape, job, assigned);
            if (jobOf[assigned] >= 0)
                return new BatchFault(BatchCondition.TechnicianTwice, job, assigned);
            jobOf[assigned] = job;
        }

        bool found = false;
        foreach (BatchCandidate candidate in batch.CandidatesOf(job))
        {
            Int128 reduced = candidate.Cost - price - result.TechnicianPrices[candidate.Technician];
            if (reduced < 0)
                return new BatchFault(BatchCondition.PairUnderpriced, job, candidate.Technician);
            if (candidate.Technician != assigned)
                continue;
            found = true;
            cost += candidate.Cost;
            if (reduced != 0)
                return new BatchFault(BatchCondition.AssignedPairNotTight, job, assigned);
        }

        if (price > batch.Unassigned[job])
            return new BatchFault(BatchCondition.JobOverpriced, job, -1);
        if (assigned != BatchAssignment.Nobody)
            return found ? null : new BatchFault(BatchCondition.PairForbidden, job, assigned);
        cost += batch.Unassigned[job];
        return price != batch.Unassigned[job] ? new BatchFault(BatchCondition.LeftJobNotTight, job, -1) : null;
    }
}

/// <summary>The condition that fails, with the job and technician at which it does; -1 where it is about neither.</summary>
public readonly record struct BatchFault(BatchCondition Condition, int Job, int Technician);

/// <summary>What must hold of an assignment and its prices.</summary>
public enum BatchCondition
{
    /// <summary>One entry per job and technician, and only technicians that exist.</summary>
    Shape,

    /// <summary>No technician has two jobs.</summary>
    TechnicianTwice,

    /// <summary>Only allowed pairs are assigned.</summary>
    PairForbidden,

    /// <summary>No allowed pair costs less than the prices of its two sides.</summary>
    PairUnderpriced,

    /// <summary>An assigned pair costs exactly the prices of its two sides.</summary>
    AssignedPairNotTight,

    /// <summary>No job is priced above what leaving it costs.</summary>
    JobOverpriced,

    /// <summary>A job that is left is priced at exactly that.</summary>
    LeftJobNotTight,

    /// <summary>No technician's price is above 0.</summary>
    TechnicianPricePositive,

    /// <summary>A technician without a job has price 0.</summary>
    IdleTechnicianPriced,

    /// <summary>The objective is the sum of what was chosen.</summary>
    Objective,

    /// <summary>All prices added up are the objective.</summary>
    PricesDiffer,
}
