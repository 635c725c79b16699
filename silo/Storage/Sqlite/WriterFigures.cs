namespace Dispatch.Storage.Sqlite;

/// <summary>What the writer of a database has done since start.</summary>
/// <param name="Writes">Acknowledged.</param>
/// <param name="Failures">Answered with a failure.</param>
/// <param name="Commits">Transactions committed, each with one sync of the disk.</param>
/// <param name="FailedCommits">Transactions that could not be begun or committed.</param>
/// <param name="LargestBatch">Most writes in one transaction.</param>
/// <param name="Queued">Writes waiting now.</param>
public readonly record struct WriterFigures(long Writes, long Failures, long Commits, long FailedCommits, long LargestBatch, int Queued);
