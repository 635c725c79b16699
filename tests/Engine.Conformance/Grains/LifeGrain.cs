namespace Engine.Conformance;

public sealed class LifeGrain([PersistentState("life", "conformance")] IPersistentState<LifeRecord> record) : Grain, ILifeGrain, IDisposable
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

    public Task<ILifeGrain> Bare() => Task.FromResult<ILifeGrain>(this);

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

public sealed class FragileGrain : Grain, IFragileGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Journal.Of(this.GetPrimaryKeyString()).Contains("repaired") ? Task.CompletedTask : throw new BrokenException("cannot start");

    public Task<int> Ask() => Task.FromResult(42);
}
