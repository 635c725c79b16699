namespace Dispatch.Bench.Dynamic;

/// <summary>What a planner sees when it is asked: the crew as it stands, what is known and not begun, and the plan so far.</summary>
/// <param name="Day">The instance. Rows of requests that are not in <paramref name="Open"/> are not to be looked at.</param>
/// <param name="Now">Tick.</param>
/// <param name="Crew">Per technician.</param>
/// <param name="Open">Row numbers of requests that are known, not set off to and not yet missed, in the order they became known.</param>
/// <param name="Plan">Per technician the stops ahead that were planned last, depot included.</param>
public sealed record DayState(DayInstance Day, long Now, IReadOnlyList<TechnicianDay> Crew, IReadOnlyList<int> Open, IReadOnlyList<IReadOnlyList<int>> Plan);

/// <summary>Plans the rest of a day.</summary>
public interface IDayPlanner
{
    /// <returns>Per technician the stops ahead in order; a request in none of them waits for the next time.</returns>
    IReadOnlyList<IReadOnlyList<int>> Plan(DayState state);
}
