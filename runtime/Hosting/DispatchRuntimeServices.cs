using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dispatch.Runtime;

public static class DispatchRuntimeServices
{
    /// <summary>
    /// Adds the one-process host of grains and <see cref="IGrainFactory"/>. It starts and stops with the application;
    /// stopping deactivates every grain. Grain states need an <see cref="IGrainStorage"/> registered under each storage
    /// name used; reminders outlive the process only with an <see cref="IReminderTable"/> that does. The clock is the
    /// registered <see cref="TimeProvider"/>, or the system's.
    /// </summary>
    public static IServiceCollection AddDispatchRuntime(this IServiceCollection services, Action<DispatchRuntimeOptions> configure)
    {
        services.AddLogging();
        services.AddOptions<DispatchRuntimeOptions>().Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        services.TryAddSingleton(provider => new GrainHost("local", provider,
            provider.GetRequiredService<IOptions<DispatchRuntimeOptions>>().Value, new ThreadPoolDispatcher(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainHost>().Factory);
        services.AddHostedService<HostedGrains>();
        return services;
    }

    private sealed class HostedGrains(GrainHost host) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => host.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);
    }
}
