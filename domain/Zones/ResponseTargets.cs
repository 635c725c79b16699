using System.Collections.Immutable;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Zones;

/// <summary>
/// How soon after the request, or after the window opens, somebody should be at work. The planner's objective is technicians' time, which alone would let a
/// customer wait to the end of a wide window; so windows are narrowed to the target first, and given back in full where that cannot be met. Zero turns a target off.
/// </summary>
/// <param name="Urgent">For faults that stop the device working.</param>
/// <param name="Regular">For the rest. The trade's promise is arrival within two hours of the request on average.</param>
public sealed record ResponseTargets(TimeSpan Urgent, TimeSpan Regular)
{
    public static ResponseTargets None { get; } = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The job's windows, each ending at the target where that is earlier and still ahead of <paramref name="from"/>.</summary>
    public ImmutableArray<TimeWindow> Narrow(JobState job, DateTimeOffset from)
    {
        TimeSpan target = job.Request.Severity == Severity.Urgent ? Urgent : Regular;
        return target <= TimeSpan.Zero ? job.Request.Windows : [.. job.Request.Windows.Select(w => Narrow(w, job.RequestedAt, target, from))];
    }

    /// <summary>Whether the target asks for more than the promise, so that relaxing it could help.</summary>
    public bool Tightens(JobState job, DateTimeOffset from) => !Narrow(job, from).SequenceEqual(job.Request.Windows);

    private static TimeWindow Narrow(TimeWindow window, DateTimeOffset requestedAt, TimeSpan target, DateTimeOffset from)
    {
        DateTimeOffset latest = (window.From > requestedAt ? window.From : requestedAt) + target;
        return latest < window.To && latest > from ? window with { To = latest } : window;
    }
}
