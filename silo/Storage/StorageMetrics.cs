using System.Diagnostics.Metrics;

namespace Dispatch.Storage;

/// <summary>The meter <c>Dispatch.Storage</c>.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Dispatch.Storage");

    public static readonly Counter<long> Commits = Meter.CreateCounter<long>("dispatch.storage.commits", description: "Transactions committed");
    public static readonly Counter<long> FailedCommits = Meter.CreateCounter<long>("dispatch.storage.failed_commits", description: "Transactions that could not be begun or committed");
    public static readonly Histogram<long> BatchSize = Meter.CreateHistogram<long>("dispatch.storage.batch_size", description: "Writes in one transaction");
    public static readonly Histogram<double> CommitMilliseconds = Meter.CreateHistogram<double>("dispatch.storage.commit", "ms", "From the first write of a batch to its acknowledgement");
}
