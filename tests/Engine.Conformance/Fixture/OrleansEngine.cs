using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(Engine.Conformance.OrleansEngine))]

namespace Engine.Conformance;

/// <summary>
/// One silo and one client of real Orleans, in this process. The store outlives the silo.
/// </summary>
public class OrleansEngine : TestEngine, IAsyncLifetime
{
    /// <summary>Short enough to wait for, and of one class only, so that no other test loses a grain.</summary>
    private static readonly TimeSpan IdleAge = TimeSpan.FromSeconds(2);

    private InProcessTestCluster? _cluster;
    private RiggedStore? _store;

    public override IGrainFactory Grains => _cluster!.Client;

    public override RiggedStore Store => _store!;

    /// <summary>References whose calls start in the silo.</summary>
    public IGrainFactory SiloGrains => _cluster!.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();

    public bool HasFilters { get; init; } = true;

    protected override TimeProvider Clock => TimeProvider.System;

    protected override TimeSpan Patience => TimeSpan.FromSeconds(60);

    /// <summary>Makes the store; in memory unless a fixture knows better.</summary>
    protected virtual Task<IGrainStorage> OpenAsync() => Task.FromResult<IGrainStorage>(new MemoryStore());

    public async ValueTask InitializeAsync()
    {
        _store = new RiggedStore(await OpenAsync());
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
    }

    public override Task Run(Func<Task> scenario) => scenario().WaitAsync(Patience);

    public override async Task StopAsync()
    {
        if (_cluster is not { } cluster)
            return;
        _cluster = null;
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }

    protected override async Task GiveWay()
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(5));
        await look.WaitForNextTickAsync();
    }

    private async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("conformance", Store);
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(1);
                options.ClassSpecificCollectionAge[typeof(IdleGrain).FullName!] = IdleAge;
            });
            if (!HasFilters)
                return;
            silo.Services.AddSingleton<IIncomingGrainCallFilter, FirstIncomingFilter>();
            silo.Services.AddSingleton<IIncomingGrainCallFilter, SecondIncomingFilter>();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
