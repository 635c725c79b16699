using System.Data.Common;

namespace Dispatch.Storage.Work;

/// <summary>One piece of work of one caller. It is run on a dedicated thread and answered later, on a scheduler of the caller's.</summary>
internal abstract class WorkItem
{
    /// <summary>Set when the work threw or was not begun.</summary>
    public Exception? Failure { get; protected set; }

    /// <summary>It is one statement, which is a transaction by itself: the server commits it, however long this process takes to hear of it.</summary>
    public bool IsOneStatement { get; init; }

    /// <summary>Does the work and keeps what came of it, in place of what came of it before; throws nothing.</summary>
    public abstract void Run(DbConnection connection, DbTransaction? transaction);

    /// <summary>Gives the caller what came of it.</summary>
    public abstract void Answer();

    /// <summary>Gives the caller this failure, whatever came of it.</summary>
    public void Fail(Exception failure)
    {
        Failure = failure;
        Answer();
    }
}

internal sealed class WorkItem<T>(Func<DbConnection, DbTransaction?, T> work, CancellationToken cancellation) : WorkItem
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _answer.Task;

    public override void Run(DbConnection connection, DbTransaction? transaction)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            _result = work(connection, transaction);
            Failure = null;
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
    }

    public override void Answer()
    {
        if (Failure is null)
            _answer.SetResult(_result);
        else if (Failure is OperationCanceledException && cancellation.IsCancellationRequested)
            _answer.SetCanceled(cancellation);
        else
            _answer.SetException(Failure);
    }
}
