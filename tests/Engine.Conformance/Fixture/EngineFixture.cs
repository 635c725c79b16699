using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
#if ENGINE_ORLEANS
using Orleans.Configuration;
using Orleans.Hosting;
#endif

[assembly: AssemblyFixture(typeof(Engine.Conformance.EngineFixture))]

namespace Engine.Conformance;

/// <summary>
/// One host of the engine this build took: the only place that knows which. The store and the reminder table outlive
/// <see cref="RestartAsync"/>.
/// </summary>
public class EngineFixture : IAsyncLifetime
{
#if ENGINE_ORLEANS
    public static readonly bool IsOrleans = true;
#else
    public static readonly bool IsOrleans = false;
#endif

    /// <summary>The version of Orleans whose behaviour the suite describes; the Orleans build runs it on this one.</summary>
    public const string OrleansVersion = "10 (main of 2026-08-22)";

    private IHost? _host;

    public RiggedStore Store { get; private set; } = null!;

    public IReminderTable ReminderTable { get; private set; } = null!;

    public IGrainFactory Grains => _host!.Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _host!.Services;

    public bool HasFilters { get; init; } = true;

    /// <summary>Makes what outlives a restart; in memory unless a fixture knows better.</summary>
    protected virtual Task<(IGrainStorage Store, IReminderTable Reminders)> OpenAsync() => Task.FromResult<(IGrainStorage, IReminderTable)>((new MemoryStore(), new MemoryReminders()));

    public async ValueTask InitializeAsync()
    {
        var (store, reminders) = await OpenAsync();
        (Store, ReminderTable) = (new RiggedStore(store), reminders);
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
            await StopAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddKeyedSingleton<IGrainStorage>("conformance", Store);
        builder.Services.AddSingleton(ReminderTable);
        if (HasFilters)
        {
            builder.Services.AddSingleton<IIncomingGrainCallFilter, FirstIncomingFilter>();
            builder.Services.AddSingleton<IIncomingGrainCallFilter, SecondIncomingFilter>();
            builder.Services.AddSingleton<IOutgoingGrainCallFilter, OutgoingFilter>();
        }
#if ENGINE_ORLEANS
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "conformance", clusterId: $"c{Guid.NewGuid():N}");
            silo.AddReminders();
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(200));
        });
#else
        builder.Services.AddDispatchRuntime(options =>
        {
            options.GrainAssemblies.Add(typeof(EngineFixture).Assembly);
            options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(200);
        });
#endif
        _host = builder.Build();
        await _host.StartAsync();
    }

    private async Task StopAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        _host = null;
    }

#if ENGINE_ORLEANS
    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
#endif
}
