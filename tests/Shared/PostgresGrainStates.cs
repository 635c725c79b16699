using Dispatch.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Dispatch.Tests.Shared;

/// <summary>Orleans' own provider of grain states, set up as the product sets it up, without a silo around it.</summary>
internal static class PostgresGrainStates
{
    public static IGrainStorage Open(PostgresPools pools, string serviceId)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSerializer();
        services.Configure<ClusterOptions>(cluster => cluster.ServiceId = serviceId);
        services.AddSingleton(pools);
        services.AddPostgresGrainState();
        var provider = services.BuildServiceProvider();
        var storage = provider.GetRequiredKeyedService<IGrainStorage>("dispatch");
        var life = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        ((ILifecycleParticipant<ISiloLifecycle>)storage).Participate(life);
        life.OnStart(CancellationToken.None).GetAwaiter().GetResult();
        return storage;
    }
}
