using System.Diagnostics;
using System.Globalization;

namespace Dispatch.Sim.City.Watch;

/// <summary>How much of one processor a process used since the last look.</summary>
public sealed class ProcessorShare
{
    private readonly Process? process;
    private readonly TimeProvider time;
    private TimeSpan used;
    private long since;

    public ProcessorShare(int? id, TimeProvider time)
    {
        this.time = time;
        process = id is { } given ? Process.GetProcessById(given) : null;
        (used, since) = (process?.TotalProcessorTime ?? TimeSpan.Zero, time.GetTimestamp());
    }

    /// <summary>For the end of a line; empty where no process is watched.</summary>
    public string Take()
    {
        if (process is null)
            return "";
        process.Refresh();
        TimeSpan now = process.TotalProcessorTime;
        double share = (now - used) / time.GetElapsedTime(since);
        (used, since) = (now, time.GetTimestamp());
        return string.Create(CultureInfo.InvariantCulture, $"; {share:0%} of a processor, {process.WorkingSet64 >> 20} MiB");
    }
}
