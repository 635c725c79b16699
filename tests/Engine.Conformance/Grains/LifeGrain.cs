namespace Engine.Conformance;

public sealed class LifeGrain(IGrainContext context, [PersistentState("life", "conformance")] IPersistentState<LifeRecord> record)
    : Grain(context), ILifeGrain, IDisposable
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Add(Key, $"activated with record {record.RecordExists}");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Add(Key, $"deactivating: {reason.ReasonCode}");
        await Task.Yield();
        Journal.Add(Key, "deactivated");
    }

    public void Dispose() => Journal.Add(Key, "disposed");

    public Task<string> Note(string text)
    {
        Journal.Add(Key, text);
        return Task.FromResult(_id);
    }

    public async Task EndAndHold(string phase)
    {
        DeactivateOnIdle();
        await Phase.Named(phase).PassAsync();
        Journal.Add(Key, "held call ends");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string> ActivationId() => Task.FromResult(_id);

    public Task<string> KeyAndId() => Task.FromResult($"{Key} {this.GetGrainId()} {GrainContext.GrainId}");

    public Task<bool> OwnReferenceEquals(ILifeGrain other) => Task.FromResult(this.AsReference<ILifeGrain>().Equals(other));

    public Task<string> PassItself(string other) => GrainFactory.GetGrain<ILifeGrain>(other).KeyOf(this);

    public Task<string> KeyOf(ILifeGrain passed) => Task.FromResult($"{passed.GetPrimaryKeyString()} {passed is LifeGrain}");

    public Task<ILifeGrain> Self() => Task.FromResult(this.AsReference<ILifeGrain>());
}

[GenerateSerializer, Alias("conformance.life")]
public sealed class LifeRecord
{
    [Id(0)]
    public int Value { get; set; }
}

public sealed class FragileGrain(IGrainContext context) : Grain(context), IFragileGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Journal.Of(this.GetPrimaryKeyString()).Contains("repaired") ? Task.CompletedTask : throw new BrokenException("cannot start");

    public Task<int> Ask() => Task.FromResult(42);
}

public sealed class IdleGrain(IGrainContext context) : Grain(context), IIdleGrain
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(300);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Add(this.GetPrimaryKeyString(), $"deactivating: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task StartTicking(bool keepAlive)
    {
        this.RegisterGrainTimer(static () => Task.CompletedTask, new GrainTimerCreationOptions(Often, Often) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }
}
