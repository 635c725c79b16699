using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Batch;

/// <summary>Why a job went where it went, read from the prices.</summary>
public static class BatchReasons
{
    /// <summary>
    /// Every other choice for one job, the closest first, then by technician with nobody last. The difference is the pair's reduced cost: if the job had to go there, the best
    /// assignment of the whole batch would cost at least so much more. 0 means as good as far as the prices tell.
    /// </summary>
    /// <param name="assignment">A certified assignment of <paramref name="batch"/>.</param>
    public static ImmutableArray<BatchReason> Of(BatchProblem batch, BatchAssignment assignment, int job)
    {
        List<BatchReason> reasons = [];
        int chosen = assignment.TechnicianOf[job];
        foreach (BatchCandidate candidate in batch.CandidatesOf(job))
            if (candidate.Technician != chosen)
                reasons.Add(new BatchReason(candidate.Technician, candidate.Cost - assignment.JobPrices[job] - assignment.TechnicianPrices[candidate.Technician]));
        if (chosen != BatchAssignment.Nobody)
            reasons.Add(new BatchReason(BatchAssignment.Nobody, batch.Unassigned[job] - assignment.JobPrices[job]));
        return [.. reasons.OrderBy(r => r.AtLeast).ThenBy(r => (uint)r.Technician)];
    }
}

/// <param name="Technician">Who else might have had the job; <see cref="BatchAssignment.Nobody"/> for leaving it.</param>
/// <param name="AtLeast">How much more the batch would cost at least, 0 or more, in the unit of its costs.</param>
public readonly record struct BatchReason(int Technician, long AtLeast);
