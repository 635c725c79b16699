namespace Dispatch.Domain.Matching.Batch;

/// <summary>A batch in which each job has a few candidates, such as the nearest twenty: lists one behind the other (compressed rows).</summary>
public sealed class SparseBatch : BatchProblem
{
    private readonly int[] first;
    private readonly int[] technicians;
    private readonly long[] costs;

    /// <param name="first">Per job where its list begins, and one entry more: the length of all lists.</param>
    /// <param name="candidates">Technicians of job 0, of job 1 and so on, in any order within a list, none twice.</param>
    /// <param name="costs">The cost of each candidate.</param>
    /// <param name="unassigned">Price per job of leaving it to nobody.</param>
    /// <param name="technicians">How many there are, whether anybody lists them or not.</param>
    /// <exception cref="ArgumentException">The lists contradict each other, name a technician twice or one that is not there, or a cost is larger than <see cref="BatchProblem.MaxCost"/>.</exception>
    public SparseBatch(ReadOnlySpan<int> first, ReadOnlySpan<int> candidates, ReadOnlySpan<long> costs, ReadOnlySpan<long> unassigned, int technicians)
        : base(unassigned, technicians)
    {
        if (first.Length != Jobs + 1 || first[0] != 0 || first[^1] != candidates.Length || costs.Length != candidates.Length)
            throw new ArgumentException("Lists begin at 0, end with the last candidate, and have a cost for each.", nameof(first));
        int[] listedBy = new int[technicians];
        for (int job = 0; job < Jobs; job++)
        {
            if (first[job + 1] < first[job])
                throw new ArgumentException($"The list of job {job} ends before it begins.", nameof(first));
            for (int i = first[job]; i < first[job + 1]; i++)
            {
                if ((uint)candidates[i] >= (uint)technicians)
                    throw new ArgumentException($"Job {job} names technician {candidates[i]} of {technicians}.", nameof(candidates));
                if (listedBy[candidates[i]] == job + 1)
                    throw new ArgumentException($"Job {job} names technician {candidates[i]} twice.", nameof(candidates));
                listedBy[candidates[i]] = job + 1;
                RequireCost(costs[i]);
            }
        }

        (this.first, this.technicians, this.costs) = (first.ToArray(), candidates.ToArray(), costs.ToArray());
    }

    /// <summary>Per job where its list begins; one entry more than there are jobs.</summary>
    public ReadOnlySpan<int> First => first;

    public ReadOnlySpan<int> Candidates => technicians;

    public ReadOnlySpan<long> Costs => costs;

    public override IEnumerable<BatchCandidate> CandidatesOf(int job)
    {
        for (int i = first[job]; i < first[job + 1]; i++)
            yield return new BatchCandidate(technicians[i], costs[i]);
    }
}
