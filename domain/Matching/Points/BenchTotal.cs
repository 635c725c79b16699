using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// What a matching is worth: how many jobs of each priority get no place, the highest priority first, then what it costs. Smaller is better: no cost is too high for serving one
/// job more, and no number of jobs outweighs one of a higher priority.
/// </summary>
/// <param name="Left">Per priority that occurs, the highest first.</param>
/// <param name="Cost">Freight, wait and load of all that get one, minor units of money.</param>
public readonly record struct BenchTotal(ImmutableArray<int> Left, long Cost) : IComparable<BenchTotal>
{
    public int CompareTo(BenchTotal other)
    {
        for (int i = 0; i < Left.Length; i++)
            if (Left[i] != other.Left[i])
                return Left[i].CompareTo(other.Left[i]);
        return Cost.CompareTo(other.Cost);
    }

    public bool Equals(BenchTotal other) => CompareTo(other) == 0;

    public override int GetHashCode() => Cost.GetHashCode();

    internal static BenchTotal Of(ImmutableArray<MailInJob> jobs, Func<int, bool> isServed, long cost) => new(
        [.. jobs.Select((job, i) => (job.Needs.Priority, Left: isServed(i) ? 0 : 1)).GroupBy(j => j.Priority).OrderByDescending(g => g.Key).Select(g => g.Sum(j => j.Left))], cost);
}
