using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>How much improvement a plan may cost.</summary>
/// <param name="Iterations">Rounds of improvement at most, 0 or more. Each takes out a few jobs and puts them back better.</param>
/// <param name="Cancellation">Ends the improvement early; the result is then no longer repeatable.</param>
public readonly record struct PlanBudget(long Iterations, CancellationToken Cancellation = default)
{
    /// <summary>No improvement: insertion only, for an answer at once.</summary>
    public static PlanBudget InsertionOnly { get; } = new(0);

    /// <summary>Time limit beside the rounds, on <see cref="Clock"/>; null for none. The search cools down towards whichever ends first.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Needed with <see cref="TimeLimit"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <exception cref="ArgumentException">A time limit without a clock.</exception>
    internal SearchLimit ToLimit(long startedAt)
    {
        if (TimeLimit is not { } limit)
        {
            return new SearchLimit(Iterations, Cancellation);
        }

        var clock = Clock ?? throw new ArgumentException("A time limit needs a clock.");
        return new SearchLimit(Iterations, limit, clock, startedAt, Cancellation);
    }
}
