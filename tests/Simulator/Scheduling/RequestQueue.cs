using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>
/// Admits requests to the turns of one object. While one request is suspended, another may start only if it always
/// interleaves; the others wait in order of arrival.
/// </summary>
internal abstract class RequestQueue(TurnScheduler scheduler) : TurnQueue(scheduler), ITargetHolder
{
    private static readonly Action<Task<Response>, object?> FinishLater = static (work, state) =>
    {
        var request = (Request)state!;
        request.Executor!.Finish(request, ResponseOf(work));
    };

    private readonly List<Request> _waiting = [];
    private Request? _blocking;

    /// <summary>Requests started and not ended.</summary>
    protected int RunningCount { get; private set; }

    /// <summary>The object to call.</summary>
    public abstract object? GetTarget();

    public virtual object? GetComponent(Type componentType) => null;

    /// <returns>False when it no longer takes any: deliver to its successor.</returns>
    public bool TryReceive(Request request)
    {
        switch (Accepts(request))
        {
            case Admission.Refused:
                return false;
            case Admission.Now when MayStart(request):
                Start(request);
                return true;
            default:
                request.Executor = this;
                _waiting.Add(request);
                return true;
        }
    }

    /// <summary>Takes a request that has not started out of the queue.</summary>
    public bool TryWithdraw(Request request) => _waiting.Remove(request);

    protected enum Admission { Now, Later, Refused }

    /// <summary>Whether the object takes requests at this stage of its life.</summary>
    protected abstract Admission Accepts(Request request);

    /// <summary>A request has ended; called before its reply leaves.</summary>
    protected abstract void Ended(Request request);

    /// <summary>A failure is about to be reported to the caller.</summary>
    protected virtual void Failed(Exception failure) { }

    /// <summary>Starts what waits and may start.</summary>
    protected void StartWaiting()
    {
        for (var i = 0; i < _waiting.Count;)
        {
            var next = _waiting[i];
            if (!MayStart(next))
            {
                i++;
                continue;
            }
            _waiting.RemoveAt(i);
            Start(next);
        }
    }

    protected List<Request> TakeWaiting()
    {
        List<Request> taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    protected override void Run(object turn)
    {
        if (turn is Request request)
            Begin(request);
        else
            ((Action)turn)();
    }

    /// <summary>
    /// As in Orleans, only the first of several interleaving requests blocks others; when it ends, the rest block nothing.
    /// </summary>
    private bool MayStart(Request request) => _blocking is null || request.AlwaysInterleaves;

    private void Start(Request request)
    {
        request.Executor = this;
        RunningCount++;
        if (_blocking is null && !request.AlwaysInterleaves)
            _blocking = request;
        Enqueue(request);
    }

    private void Begin(Request request)
    {
        if (request.IsExpired)
        {
            End(request);
            return;
        }
        var work = request.Invoke(this);
        if (work.IsCompletedSuccessfully)
            Finish(request, work.Result);
        else
            work.AsTask().ContinueWith(FinishLater, request, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, this);
    }

    private void Finish(Request request, Response response)
    {
        if (response.Exception is { } failure)
            Failed(failure);
        End(request);
        request.Finished(response);
    }

    private void End(Request request)
    {
        RunningCount--;
        if (ReferenceEquals(_blocking, request))
            _blocking = null;
        Ended(request);
    }

    private static Response ResponseOf(Task<Response> work) => work.IsCompletedSuccessfully
        ? work.Result
        : Response.FromException(work.Exception?.InnerException ?? new TaskCanceledException(work));
}
