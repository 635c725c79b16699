using System.Net;
using Dispatch.Api.Health;
using Dispatch.Storage.Postgres;
using Orleans.Configuration;

namespace Dispatch.Silo.Hosting;

/// <summary>
/// The process's part in Orleans. One machine: a single silo on loopback, over SQLite or PostgreSQL. A cluster: silos and API nodes (clients) that find each other in PostgreSQL.
/// Wherever the store is PostgreSQL, grain state goes through Orleans' own ADO.NET provider, which finds its statements and rows in the tables of <c>silo/sql/postgres</c>.
/// </summary>
internal static class OrleansHost
{
    public static void Add(WebApplicationBuilder builder, DispatchOptions options)
    {
        if (options.Cluster.Role == "api")
            builder.UseOrleansClient(client => Join(client, options));
        else
            builder.UseOrleans(silo => Host(silo, options));
    }

    private static void Join(IClientBuilder client, DispatchOptions options)
    {
        ClusterOptions cluster = options.Cluster;
        client.Configure<Orleans.Configuration.ClusterOptions>(own => (own.ClusterId, own.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = cluster.ResponseTimeout);
        GatewayHealth health = new();
        client.Services.AddSingleton<IClusterHealth>(health);
        client.AddGatewayCountChangedHandler((_, count) => health.Changed(count));
        client.AddClusterConnectionLostHandler((_, _) => health.Lost());
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = cluster.GatewayRefresh);
        if (cluster.Kind == "localhost")
            client.UseLocalhostClustering(cluster.GatewayPort, cluster.ServiceId, cluster.ClusterId);
        else
            client.UseAdoNetClustering(builder => builder.Configure<PostgresPools>((database, pools) => (database.Invariant, database.DataSource) = ("Npgsql", pools.Membership)));
    }

    private static void Host(ISiloBuilder silo, DispatchOptions options)
    {
        ClusterOptions cluster = options.Cluster;
        silo.Configure<Orleans.Configuration.ClusterOptions>(own => (own.ClusterId, own.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Services.AddSingleton<IClusterHealth, SiloHealth>();
        silo.Configure<SiloMessagingOptions>(messaging => (messaging.ResponseTimeout, messaging.SystemResponseTimeout) = (cluster.ResponseTimeout, cluster.ResponseTimeout));
        if (options.Store == "postgres")
            silo.Services.AddPostgresGrainState();
        if (cluster.Kind == "localhost")
            Alone(silo);
        else
            InACluster(silo, cluster);
    }

    /// <summary>
    /// A silo that nobody joins: it listens where the system likes, so that several run side by side, and its grains are called from its own process only.
    /// </summary>
    private static void Alone(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering();
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Loopback;
            endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, 0);
            endpoint.GatewayPort = 0;
            endpoint.GatewayListeningEndpoint = null;
        });
    }

    private static void InACluster(ISiloBuilder silo, ClusterOptions cluster)
    {
        if (cluster.Address is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), cluster.SiloPort, cluster.GatewayPort);
        else
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
        silo.UseAdoNetClustering(builder => builder.Configure<PostgresPools>((database, pools) => (database.Invariant, database.DataSource) = ("Npgsql", pools.Membership)));
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = cluster.ProbeTimeout;
            membership.MinProbeTimeout = cluster.ProbeTimeout / 2;
            membership.MaxProbeTimeout = cluster.ProbeTimeout * 1.5;
            membership.NumMissedProbesLimit = cluster.MissedProbes;
        });
    }
}
