namespace Dispatch.Simulator;

/// <summary>How often each thing happened. Grows during the run.</summary>
public sealed record SimulationCounts
{
    public long Turns { get; internal set; }
    public long Requests { get; internal set; }
    public long Replies { get; internal set; }

    /// <summary>Calls whose callers waited as long as calls may take without a reply.</summary>
    public long TimedOut { get; internal set; }

    public long RequestsLost { get; internal set; }
    public long RepliesLost { get; internal set; }
    public long Delayed { get; internal set; }
    public long Reordered { get; internal set; }
    public long HostCrashes { get; internal set; }
    public long ActivationCrashes { get; internal set; }
    public long PowerLosses { get; internal set; }
    public long StorageOutages { get; internal set; }
    public long DuplicateActivations { get; internal set; }
    public long Reads { get; internal set; }
    public long Writes { get; internal set; }
    public long Conflicts { get; internal set; }
    public long WritesRefused { get; internal set; }
    public long AcknowledgementsLost { get; internal set; }
    public long ReadsFailed { get; internal set; }
    public long ClocksSkewed { get; internal set; }
}
