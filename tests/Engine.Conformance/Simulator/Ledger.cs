using System.Security.Cryptography;
using Dispatch.Simulator;

namespace Engine.Conformance.Simulated;

/// <summary>An account that keeps operation ids with its total, as the product's grains do.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    /// <summary>Adds once per operation, however often it is asked; the total after it.</summary>
    Task<int> Add(string operation, int amount);

    Task<int> Total();

    /// <summary>Adds here, then there, as two writes.</summary>
    Task Transfer(string operation, string other, int amount);

    Task TickEvery(TimeSpan period);

    Task<long> Now();

    /// <summary>Leaves the simulation's thread, which grains must not, makes a call from there, and then is at the phase.</summary>
    Task Escape(string phase);
}

public sealed class LedgerRecord
{
    public int Total { get; set; }
    public SortedDictionary<string, int> Operations { get; set; } = [];
    public int Ticks { get; set; }
}

public sealed class LedgerGrain(
    IGrainContext context, [PersistentState("ledger", "dispatch")] IPersistentState<LedgerRecord> record, TimeProvider clock)
    : Grain(context), ILedgerGrain
{
    public async Task<int> Add(string operation, int amount)
    {
        if (record.State.Operations.TryGetValue(operation, out var known))
            return known;
        record.State.Total += amount;
        record.State.Operations[operation] = record.State.Total;
        await WriteAsync();
        return record.State.Total;
    }

    public Task<int> Total() => Task.FromResult(record.State.Total);

    public async Task Transfer(string operation, string other, int amount)
    {
        await Add(operation, -amount);
        await GrainFactory.GetGrain<ILedgerGrain>(other).Add(operation, amount);
    }

    public Task TickEvery(TimeSpan period)
    {
        this.RegisterGrainTimer(_ =>
        {
            record.State.Ticks++;
            return WriteAsync();
        }, period, period);
        return Task.CompletedTask;
    }

    public Task<long> Now() => Task.FromResult(clock.GetUtcNow().Ticks);

    public async Task Escape(string phase)
    {
        var other = GrainFactory.GetGrain<ILedgerGrain>("x/other");
        await Task.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => { _ = other.Total(); });
            _ = Phase.Named(phase).PassAsync();
        });
    }

    /// <summary>After any failed write memory may be ahead of the store, so the activation ends.</summary>
    private async Task WriteAsync()
    {
        try
        {
            await record.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

/// <summary>
/// The scenario the tests share: several clients add to several ledgers, each repeating an operation until it is answered.
/// </summary>
public static class Town
{
    public const int Ledgers = 4, Clients = 3, Operations = 30;

    public static Simulation New(ulong seed, SimulationFaults faults) =>
        new(seed, faults, [typeof(LedgerGrain).Assembly], options: new SimulationOptions { ResponseTimeout = TimeSpan.FromSeconds(10) });

    public static void Run(Simulation simulation) => simulation.Run(static async world =>
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => ClientAsync(world, client))));

    /// <summary>Seed, number of the whole run and all stored bytes, as one text.</summary>
    public static string Print(ulong seed)
    {
        using var simulation = New(seed, SimulationFaults.Mixed);
        Run(simulation);
        var stored = Convert.ToHexString(SHA256.HashData(simulation.Storage.Snapshot()));
        return $"{seed} {simulation.TraceHash:x16} {stored} {simulation.Counts.Turns}";
    }

    public static async Task RepeatUntilAnswered(Func<Task> operation)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                await operation();
                return;
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException)
            {
                // The outcome is unknown: the same operation again.
            }
        }
        throw new InvalidOperationException("Two hundred attempts were not answered.");
    }

    public static int Stored(Simulation simulation, int ledger) =>
        simulation.Storage.Peek<LedgerRecord>(GrainId.Create("ledger", Key(ledger)), "ledger")?.Total ?? 0;

    public static string Key(int ledger) => $"town/{ledger}";

    private static async Task ClientAsync(Simulation world, int client)
    {
        var grains = world.Client($"client{client}");
        for (var i = 0; i < Operations; i++)
        {
            var ledger = grains.GetGrain<ILedgerGrain>(Key((client + i) % Ledgers));
            await RepeatUntilAnswered(() => ledger.Add($"{client}-{i}", 1));
        }
    }
}
