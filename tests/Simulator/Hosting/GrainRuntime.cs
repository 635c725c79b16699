using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Timers;

namespace Dispatch.Simulator;

/// <summary>What a grain's base class asks of its host.</summary>
internal sealed class GrainRuntime(GrainHost host) : IGrainRuntime, ITimerRegistry
{
    public string SiloIdentity => host.Name;

    public SiloAddress SiloAddress => throw new NotSupportedException("Simulated hosts have names, no addresses.");

    public IGrainFactory GrainFactory => host.Factory;

    public ITimerRegistry TimerRegistry => this;

    public IServiceProvider ServiceProvider => host.Services;

    public TimeProvider TimeProvider => host.Clock;

    public void DeactivateOnIdle(IGrainContext grainContext) => grainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked to be deactivated."));

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        ((Activation)grainContext).AddTimer(token => callback(state, token), options);

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => throw NotSimulated(nameof(DelayDeactivation));

    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext) => throw NotSimulated("Grain<TState>");

    public IDisposable RegisterTimer(
        IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw NotSimulated(nameof(RegisterTimer));

    private static NotSupportedException NotSimulated(string what) =>
        new($"The simulator does not offer {what}: add it, with a rule in Engine.Conformance, when a grain needs it.");
}
