using Dispatch.Grains.Contracts.Storage;
using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Storage.Work;

/// <summary>
/// A bounded queue between callers, who never block a thread, and a few dedicated threads, which do. It does not use the thread pool to
/// wake a dedicated thread, so it works while the pool is starved.
/// </summary>
internal sealed class WorkQueue(int capacity)
{
    // Not a Lock: dedicated threads wait on it.
    private readonly object _gate = new();
    private readonly Queue<WorkItem> _items = new();
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    /// <summary>Puts the item at the end, as soon as there is room.</summary>
    /// <exception cref="StorageUnavailableException">The queue is closed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for room.</exception>
    public Task Add(WorkItem item, CancellationToken cancellation)
    {
        if (!_room.Wait(0, CancellationToken.None))
            return AddWhenRoom(item, cancellation);
        Put(item);
        return Task.CompletedTask;
    }

    private async Task AddWhenRoom(WorkItem item, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        Put(item);
    }

    private void Put(WorkItem item)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _items.Enqueue(item);
                Monitor.Pulse(_gate);
                return;
            }
        }
        _room.Release();
        throw new StorageUnavailableException("The storage is shutting down.");
    }

    /// <summary>Blocks until there is an item. False once the queue is closed and empty.</summary>
    public bool Take([NotNullWhen(true)] out WorkItem? item)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            if (!_items.TryDequeue(out item))
                return false;
        }
        _room.Release();
        return true;
    }

    /// <summary>An item that is there already.</summary>
    public bool TryTake([NotNullWhen(true)] out WorkItem? item)
    {
        lock (_gate)
        {
            if (!_items.TryDequeue(out item))
                return false;
        }
        _room.Release();
        return true;
    }

    /// <summary>Takes no more items; those it has are still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Adds the item and waits for its answer.</summary>
    public Task<T> Ask<T>(WorkItem<T> item, CancellationToken cancellation)
    {
        Task added;
        try
        {
            added = Add(item, cancellation);
        }
        catch (StorageUnavailableException closed)
        {
            return Task.FromException<T>(closed);
        }
        return added.IsCompletedSuccessfully ? item.Task : AnswerAfter(added, item);

        static async Task<T> AnswerAfter(Task added, WorkItem<T> item)
        {
            await added.ConfigureAwait(false);
            return await item.Task.ConfigureAwait(false);
        }
    }
}
