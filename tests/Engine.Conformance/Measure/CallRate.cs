using System.Diagnostics;

namespace Engine.Conformance.Measure;

public interface ICallGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    /// <summary>Calls the other, one call after the other.</summary>
    Task CallOther(string other, int times);
}

public sealed class CallGrain(IGrainContext context) : Grain(context), ICallGrain
{
    private int _sum;

    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);

    public async Task CallOther(string other, int times)
    {
        var grain = GrainFactory.GetGrain<ICallGrain>(other);
        for (var i = 0; i < times; i++)
            await grain.Add(1);
    }
}

/// <summary>How many calls one silo of Orleans carries within itself, without filters; the last of several rounds counts.</summary>
public static class CallRate
{
    private const int Rounds = 5, Calls = 300_000, Callers = 100, Activations = 50_000;

    public static async Task PrintAsync()
    {
        var engine = new OrleansEngine { HasFilters = false };
        await engine.InitializeAsync();
        var grains = engine.SiloGrains;
        for (var round = 1; round <= Rounds; round++)
        {
            var one = grains.GetGrain<ICallGrain>("one");
            await MeasureAsync(round, "serial, from outside", Calls, async () =>
            {
                for (var i = 0; i < Calls; i++)
                    await one.Add(1);
            });
            await MeasureAsync(round, "serial, grain to grain", Calls, () => one.CallOther("two", Calls));
            await MeasureAsync(round, $"{Callers} callers and grains", Calls, () => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                var grain = grains.GetGrain<ICallGrain>($"grain{caller}");
                for (var i = 0; i < Calls / Callers; i++)
                    await grain.Add(1);
            }))));
            await MeasureAsync(round, "first call of a grain", Activations, () => Task.WhenAll(
                Enumerable.Range(0, Activations).Select(number => grains.GetGrain<ICallGrain>($"fresh{round}/{number}").Add(1))));
        }
        await engine.DisposeAsync();
    }

    private static async Task MeasureAsync(int round, string what, int calls, Func<Task> work)
    {
        GC.Collect();
        var (bytes, cpu, watch) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await work();
        watch.Stop();
        cpu = Environment.CpuUsage.TotalTime - cpu;
        if (round == Rounds)
            Console.WriteLine($"{what,-26} {calls / watch.Elapsed.TotalSeconds,12:N0} calls/s {cpu.TotalNanoseconds / calls,8:N0} ns of processor and {(GC.GetTotalAllocatedBytes() - bytes) / calls,6} bytes each");
    }
}
