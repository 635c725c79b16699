namespace Dispatch.Runtime;

/// <summary>
/// Admits requests to the turns of one object. While one request is suspended, another may start only if a rule of
/// interleaving says so; the others wait in order of arrival.
/// </summary>
internal abstract class RequestQueue(TurnDispatcher dispatcher) : TurnQueue(dispatcher), IRequestTarget
{
    private static readonly Action<Task, object?> FinishLater = static (outcome, state) =>
    {
        var request = (Request)state!;
        request.Executor!.Finish(request, outcome);
    };

    private readonly List<Request> _waiting = [];
    private Request? _blocking;
    private int _running;

    /// <summary>Requests started and not ended. Read with the gate held.</summary>
    protected int RunningCount => _running;

    public int Load
    {
        get
        {
            lock (Gate)
                return _running + _waiting.Count;
        }
    }

    public bool TryReceive(Request request)
    {
        bool schedule;
        lock (Gate)
        {
            switch (Accepts(request))
            {
                case Admission.Refused:
                    return false;
                case Admission.Now when MayStart(request):
                    schedule = StartLocked(request);
                    break;
                default:
                    request.Executor = this;
                    _waiting.Add(request);
                    return true;
            }
        }
        if (schedule)
            Dispatcher.Schedule(this);
        return true;
    }

    /// <summary>Takes a request that has not started out of the queue.</summary>
    public bool TryWithdraw(Request request)
    {
        lock (Gate)
            return _waiting.Remove(request);
    }

    protected enum Admission { Now, Later, Refused }

    /// <summary>Whether the object takes requests at this stage of its life; called with the gate held.</summary>
    protected abstract Admission Accepts(Request request);

    /// <summary>Whether any two requests may interleave.</summary>
    protected abstract bool IsReentrant { get; }

    /// <summary>The object to call; null when it is gone.</summary>
    protected abstract object? Target { get; }

    /// <summary>A request has ended; called with the gate held, before its reply leaves.</summary>
    /// <returns>Whether to schedule the queue.</returns>
    protected abstract bool EndedLocked(Request request);

    /// <summary>A failure is about to be reported to the caller.</summary>
    protected virtual void Failed(Exception failure) { }

    /// <summary>Starts what waits and may start; called with the gate held.</summary>
    /// <returns>Whether to schedule the queue.</returns>
    protected bool StartWaitingLocked()
    {
        var schedule = false;
        for (var i = 0; i < _waiting.Count;)
        {
            var next = _waiting[i];
            if (!MayStart(next))
            {
                i++;
                continue;
            }
            _waiting.RemoveAt(i);
            schedule |= StartLocked(next);
        }
        return schedule;
    }

    protected List<Request> TakeWaiting()
    {
        lock (Gate)
        {
            List<Request> taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    protected override void Run(object turn)
    {
        if (turn is Request request)
            Start(request);
        else
            ((Action)turn)();
    }

    /// <summary>
    /// Orleans' rule, quirk included: only the first of several interleaving requests blocks others, so when it
    /// ends the rest block nothing.
    /// </summary>
    private bool MayStart(Request request) =>
        _blocking is null || IsReentrant || request.AlwaysInterleaves || (request.IsReadOnly && _blocking.IsReadOnly);

    private bool StartLocked(Request request)
    {
        request.Executor = this;
        _running++;
        if (_blocking is null && !request.AlwaysInterleaves)
            _blocking = request;
        return EnqueueLocked(request);
    }

    private void Start(Request request)
    {
        Task work;
        try
        {
            work = Target is { } target
                ? request.Invoke(target)
                : Task.FromException(new OrleansMessageRejectionException("The target of the call is gone."));
        }
        catch (Exception failure)
        {
            work = Task.FromException(failure);
        }

        if (work.IsCompleted)
            Finish(request, work);
        else
            work.ContinueWith(FinishLater, request, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, this);
    }

    private void Finish(Request request, Task outcome)
    {
        if (outcome.IsFaulted)
            Failed(outcome.Exception.InnerException!);

        bool schedule;
        lock (Gate)
        {
            _running--;
            if (ReferenceEquals(_blocking, request))
                _blocking = null;
            schedule = EndedLocked(request);
        }
        if (schedule)
            Dispatcher.Schedule(this);
        request.Finished(outcome);
    }
}
