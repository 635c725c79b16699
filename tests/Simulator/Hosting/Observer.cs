using Orleans;

namespace Dispatch.Simulator;

/// <summary>An object registered with a host so that grains may call it: one call after the other.</summary>
internal sealed class Observer(TurnScheduler scheduler, IGrainObserver target) : RequestQueue(scheduler)
{
    public override object GetTarget() => target;

    public void Crash() => Abandon();

    protected override Admission Accepts(Request request) => Admission.Now;

    protected override void Ended(Request request) => StartWaiting();
}
