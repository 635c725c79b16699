namespace Engine.Conformance;

[GenerateSerializer, Alias("conformance.total")]
public sealed class TotalRecord
{
    [Id(0)]
    public int Value { get; set; }
}

public sealed class StoredGrain(IGrainContext context, [PersistentState("total", "conformance")] IPersistentState<TotalRecord> total)
    : Grain(context), IStoredGrain
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    public async Task<int> Add(int amount)
    {
        total.State.Value += amount;
        await total.WriteStateAsync();
        return total.State.Value;
    }

    public async Task<string?> AddHidingFailure(int amount)
    {
        try
        {
            await Add(amount);
            return null;
        }
        catch (Exception failure)
        {
            return $"{failure.GetType().Name}/{failure.InnerException?.GetType().Name}";
        }
    }

    public Task<int> Value() => Task.FromResult(total.State.Value);

    public Task<bool> Exists() => Task.FromResult(total.RecordExists);

    public Task Clear() => total.ClearStateAsync();

    public Task<string> ActivationId() => Task.FromResult(_id);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task AddThrough(string other, int amount) => await GrainFactory.GetGrain<IStoredGrain>(other).Add(amount);

    public async Task AddTwiceAtOnce()
    {
        total.State.Value++;
        var first = total.WriteStateAsync();
        total.State.Value++;
        await Task.WhenAll(first, total.WriteStateAsync());
    }
}
