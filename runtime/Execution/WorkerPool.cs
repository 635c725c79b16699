namespace Dispatch.Runtime;

/// <summary>The activations of one stateless worker id: a call goes to an idle one, else to a new one, else to the least loaded.</summary>
internal sealed class WorkerPool(GrainHost host, GrainClass grainClass, GrainId id) : IRequestTarget
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private readonly int _limit = grainClass.MaxWorkers is > 0 and var stated ? stated : host.Dispatcher.Processors;

    public Activation[] Workers
    {
        get
        {
            lock (_gate)
                return [.. _workers];
        }
    }

    public bool TryReceive(Request request)
    {
        while (true)
        {
            Activation chosen;
            lock (_gate)
            {
                var least = _workers.MinBy(worker => worker.Load);
                if (!host.IsStopping && (least is null || (least.Load > 0 && _workers.Count < _limit)))
                    _workers.Add(least = new Activation(host, grainClass, id));
                if (least is null)
                    return false;
                chosen = least;
            }
            if (chosen.TryReceive(request))
                return true;
            Remove(chosen);
        }
    }

    public void Remove(Activation worker)
    {
        lock (_gate)
            _workers.Remove(worker);
    }
}
