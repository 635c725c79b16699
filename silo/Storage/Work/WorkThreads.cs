namespace Dispatch.Storage.Work;

/// <summary>What one dedicated thread does with each item, over things of its own such as a connection.</summary>
internal interface IWorker : IDisposable
{
    /// <summary>Runs and answers the item, whatever happens.</summary>
    void Run(WorkItem item);
}

/// <summary>Some dedicated threads over one queue.</summary>
internal sealed class WorkThreads
{
    private readonly Func<IWorker> _worker;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    public WorkThreads(string name, int count, int capacity, Func<IWorker> worker)
    {
        _worker = worker;
        _running = count;
        Queue = new WorkQueue(capacity);
        for (var i = 1; i <= count; i++)
            new Thread(Loop) { IsBackground = true, Name = $"{name} {i}" }.Start();
    }

    public WorkQueue Queue { get; }

    /// <summary>Finishes what is queued.</summary>
    public Task Stop()
    {
        Queue.Close();
        return _stopped.Task;
    }

    private void Loop()
    {
        try
        {
            using var worker = _worker();
            while (Queue.Take(out var item))
                worker.Run(item);
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0)
                _stopped.SetResult();
        }
    }
}
