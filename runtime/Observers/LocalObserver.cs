namespace Dispatch.Runtime;

/// <summary>An object registered with a host, held weakly unless the run must not depend on the garbage collector.</summary>
internal sealed class LocalObserver(TurnDispatcher dispatcher, IGrainObserver target) : RequestQueue(dispatcher)
{
    private readonly WeakReference<IGrainObserver> _target = new(target);
    private readonly IGrainObserver? _held = dispatcher.IsDeterministic ? target : null;

    public bool IsGone => Target is null;

    public void Crash() => Abandon();

    protected override bool IsReentrant => false;

    protected override object? Target => _held ?? (_target.TryGetTarget(out var alive) ? alive : null);

    protected override Admission Accepts(Request request) => Admission.Now;

    protected override bool EndedLocked(Request request) => StartWaitingLocked();
}
