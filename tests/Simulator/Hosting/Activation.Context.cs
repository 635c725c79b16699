using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Dispatch.Simulator;

/// <summary>The members of <see cref="IGrainContext"/> that no grain of the product uses.</summary>
internal sealed partial class Activation
{
    public ActivationId ActivationId => throw NotSimulated();

    public GrainAddress Address => throw NotSimulated();

    public IGrainLifecycle ObservableLifecycle => throw NotSimulated();

    IWorkItemScheduler IGrainContext.Scheduler => throw NotSimulated();

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class => throw NotSimulated();

    public void ReceiveMessage(object message) => throw NotSimulated();

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => throw NotSimulated();

    public void Rehydrate(IRehydrationContext context) => throw NotSimulated();

    public void Migrate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) => throw NotSimulated();

    private static NotSupportedException NotSimulated([CallerMemberName] string? member = null) =>
        new($"The simulator does not offer IGrainContext.{member}: add it, with a rule in Engine.Conformance, when a grain needs it.");
}
