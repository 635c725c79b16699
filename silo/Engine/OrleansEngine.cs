using System.Net;
using Dispatch.Silo.Hosting;
using Dispatch.Storage;
using Dispatch.Storage.Orleans;
using Orleans.Configuration;

namespace Dispatch.Silo.Engine;

/// <summary>Composition on real Orleans. Compiled only where that is the engine.</summary>
public static class GrainEngine
{
    public const string Name = "Orleans";

    /// <summary>
    /// One machine: a single silo on loopback over the same store as the embedded engine. Several: membership, state and reminders in PostgreSQL through
    /// Orleans' own ADO.NET providers, which find their statements and rows in the tables of <c>silo/sql/postgres</c>.
    /// </summary>
    public static void Add(WebApplicationBuilder builder, DispatchOptions options)
    {
        if (options.Cluster.Role == "api")
            builder.UseOrleansClient(client => Join(client, options));
        else
            builder.UseOrleans(silo => Host(silo, options));
    }

    private static void Join(IClientBuilder client, DispatchOptions options)
    {
        if (options.Cluster.Kind == "localhost")
        {
            client.UseLocalhostClustering(options.Cluster.GatewayPort, options.Cluster.ServiceId, options.Cluster.ClusterId);
            return;
        }
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.ClusterId, options.Cluster.ServiceId));
        client.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = ("Npgsql", options.ConnectionString));
    }

    private static void Host(ISiloBuilder silo, DispatchOptions options)
    {
        silo.AddReminders();
        if (options.Cluster.Kind == "localhost")
        {
            silo.UseLocalhostClustering(options.Cluster.SiloPort, options.Cluster.GatewayPort, null, options.Cluster.ServiceId, options.Cluster.ClusterId);
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            return;
        }
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.ClusterId, options.Cluster.ServiceId));
        silo.ConfigureEndpoints(options.Cluster.SiloPort, options.Cluster.GatewayPort);
        silo.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = ("Npgsql", options.ConnectionString));
        silo.UseAdoNetReminderService(database => (database.Invariant, database.ConnectionString) = ("Npgsql", options.ConnectionString));
        silo.AddAdoNetGrainStorage(StorageServices.GrainStorageName, database =>
        {
            (database.Invariant, database.ConnectionString) = ("Npgsql", options.ConnectionString);
            database.GrainStorageSerializer = new StorageJsonSerializer();
        });
    }
}
