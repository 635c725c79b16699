using Dispatch.Storage.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Dispatch.Storage.Postgres;

public static class PostgresGrainState
{
    /// <summary>
    /// Keeps grain states through Orleans' own ADO.NET provider, in the pool and the tables of <see cref="StorageServices.AddPostgresStorage"/>. The rows carry the service id of the
    /// cluster (<c>ClusterOptions.ServiceId</c>), which must be that of the storage options, or nothing that is due is found.
    /// </summary>
    public static IServiceCollection AddPostgresGrainState(this IServiceCollection services) =>
        services.AddAdoNetGrainStorage(StorageServices.GrainStorageName, options => options.Configure<PostgresPools>((database, pools) =>
            (database.Invariant, database.DataSource, database.GrainStorageSerializer) = ("Npgsql", pools.Main, new GrainStateJson())));
}
