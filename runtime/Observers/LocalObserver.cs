using System.Diagnostics.CodeAnalysis;

namespace Dispatch.Runtime;

/// <summary>An object registered with a host, held weakly. Its calls run one at a time.</summary>
internal sealed class LocalObserver(TurnDispatcher dispatcher, IGrainObserver target) : RequestQueue(dispatcher)
{
    private readonly WeakReference<IGrainObserver> _target = new(target);

    public bool IsGone => !_target.TryGetTarget(out _);

    protected override bool IsReentrant => false;

    [SuppressMessage("Performance", "CA1859", Justification = "The base decides what it needs.")]
    protected override object? Target => _target.TryGetTarget(out var alive) ? alive : null;

    protected override Admission Accepts(Request request) => Admission.Now;

    protected override bool EndedLocked(Request request) => StartWaitingLocked();
}
