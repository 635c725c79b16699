namespace Dispatch.Domain.Matching.Batch;

/// <summary>
/// Waiting jobs and free technicians, each job for one technician at most and each technician for one job at most. Jobs and technicians are indices from 0; costs are whole
/// numbers in any one unit, such as milliseconds of technician time, and may be negative.
/// </summary>
public abstract class BatchProblem
{
    /// <summary>Stands in a cost matrix for a pair that may not be: far above every cost.</summary>
    public const long Forbidden = 1L << 60;

    /// <summary>No cost and no price is larger, or smaller than its negative: sums over the longest side stay exact, and no path comes near <see cref="Forbidden"/>.</summary>
    public const long MaxCost = 1L << 45;

    /// <summary>Sides are no longer than this.</summary>
    public const int MaxSide = 1 << 16;

    private readonly long[] unassigned;

    private protected BatchProblem(ReadOnlySpan<long> unassigned, int technicians)
    {
        if (unassigned.Length > MaxSide || technicians < 0 || technicians > MaxSide)
            throw new ArgumentException($"A batch has at most {MaxSide} jobs and technicians.");
        foreach (long price in unassigned)
            RequireCost(price);
        (this.unassigned, Technicians) = (unassigned.ToArray(), technicians);
    }

    public int Jobs => unassigned.Length;

    public int Technicians { get; }

    /// <summary>Price per job of leaving it to nobody.</summary>
    public ReadOnlySpan<long> Unassigned => unassigned;

    /// <summary>The pairs of one job that are allowed, each technician once.</summary>
    public abstract IEnumerable<BatchCandidate> CandidatesOf(int job);

    private protected static void RequireCost(long cost)
    {
        if (cost is > MaxCost or < -MaxCost)
            throw new ArgumentOutOfRangeException(nameof(cost), cost, $"A cost lies between -{MaxCost} and {MaxCost}.");
    }
}

/// <summary>A technician who may take a job, and at what cost.</summary>
public readonly record struct BatchCandidate(int Technician, long Cost);
