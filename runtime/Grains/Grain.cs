namespace Dispatch.Runtime;

/// <summary>Base class of grains. An instance is made for an activation, on its turn, and never shared.</summary>
public abstract class Grain(IGrainContext context) : IGrainBase, IAddressable
{
    private readonly Activation _activation = (Activation)context;

    protected Grain() : this(Activation.Constructing) { }

    public IGrainContext GrainContext => _activation;

    /// <summary>Identity as text, <c>type/key</c>.</summary>
    public string IdentityString => _activation.GrainId.ToString();

    protected IGrainFactory GrainFactory => _activation.Host.Factory;

    protected internal IServiceProvider ServiceProvider => _activation.ActivationServices;

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the running calls; the next call finds a fresh one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps the activation from idle collection for that long at least; zero or less undoes an earlier request,
    /// <see cref="Timeout.InfiniteTimeSpan"/> keeps it until asked otherwise.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => _activation.KeepAliveFor(timeSpan);
}
