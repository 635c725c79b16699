using System.Collections.Immutable;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Zones;

/// <summary>
/// How soon after the request, or after the window opens, somebody should be at work. The planner's objective is technicians' time, which alone would let a
/// customer wait to the end of a wide window; so windows end at the target first, and where that cannot be met at twice, four times … the target, never later than promised. Zero turns a
/// target off.
/// </summary>
/// <param name="Urgent">For faults that stop the device working.</param>
/// <param name="Regular">For the rest. The trade's promise is arrival within two hours of the request on average.</param>
public sealed record ResponseTargets(TimeSpan Urgent, TimeSpan Regular)
{
    public static ResponseTargets None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The job's windows, each ending at the target or as often doubled as the level says, and at least until it is ahead of <paramref name="from"/>.</summary>
    /// <param name="level">How often the planner has found the target before out of reach; 0 at first.</param>
    public ImmutableArray<TimeWindow> Narrow(JobState job, DateTimeOffset from, int level = 0)
    {
        TimeSpan target = job.Request.Severity == Severity.Urgent ? Urgent : Regular;
        return target <= TimeSpan.Zero ? job.Request.Windows : [.. job.Request.Windows.Select(w => Narrow(w, job.RequestedAt, target, from, level))];
    }

    /// <summary>Whether the target at this level asks for more than the promise, so that the next level could help.</summary>
    public bool Tightens(JobState job, DateTimeOffset from, int level = 0) => !Narrow(job, from, level).SequenceEqual(job.Request.Windows);

    private static TimeWindow Narrow(TimeWindow window, DateTimeOffset requestedAt, TimeSpan target, DateTimeOffset from, int level)
    {
        DateTimeOffset opens = window.From > requestedAt ? window.From : requestedAt;
        TimeSpan wait = target;
        for (int doubled = 0; (doubled < level || opens + wait <= from) && opens + wait < window.To; doubled++)
            wait *= 2;
        return opens + wait < window.To ? window with { To = opens + wait } : window;
    }
}
