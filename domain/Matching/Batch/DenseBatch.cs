namespace Dispatch.Domain.Matching.Batch;

/// <summary>A batch in which nearly every technician may take nearly every job: one matrix of costs.</summary>
public sealed class DenseBatch : BatchProblem
{
    private readonly ReadOnlyMemory<long> costs;

    /// <param name="costs">Row by row, one row per job and one column per technician; <see cref="BatchProblem.Forbidden"/> for pairs that may not be. Not copied: it stays as it is while the batch is used.</param>
    /// <param name="unassigned">Price per job of leaving it to nobody.</param>
    /// <param name="technicians">Columns; what the matrix has may not follow from an empty one.</param>
    /// <exception cref="ArgumentException">The matrix has another size, or a cost is larger than <see cref="BatchProblem.MaxCost"/>.</exception>
    public DenseBatch(ReadOnlyMemory<long> costs, ReadOnlySpan<long> unassigned, int technicians)
        : base(unassigned, technicians)
    {
        if (costs.Length != (long)Jobs * technicians)
            throw new ArgumentException($"{Jobs} jobs and {technicians} technicians have {(long)Jobs * technicians} costs, not {costs.Length}.", nameof(costs));
        foreach (long cost in costs.Span)
            if (cost != Forbidden)
                RequireCost(cost);
        this.costs = costs;
    }

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<long> Costs => costs.Span;

    internal ReadOnlyMemory<long> Matrix => costs;

    public override IEnumerable<BatchCandidate> CandidatesOf(int job)
    {
        for (int technician = 0; technician < Technicians; technician++)
            if (costs.Span[(job * Technicians) + technician] is var cost && cost != Forbidden)
                yield return new BatchCandidate(technician, cost);
    }
}
