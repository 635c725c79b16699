using System.Net;
using Dispatch.Silo.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Dispatch.Silo.Engine;

/// <summary>Composition on real Orleans. Compiled only where that is the engine.</summary>
public static class GrainEngine
{
    public const string Name = "Orleans";

    /// <summary>
    /// One machine: localhost clustering on free loopback ports over the same SQLite file as the embedded engine. Several: section
    /// <c>Dispatch:Cluster</c> with <c>Kind=postgres</c>, where Orleans keeps membership, state and reminders in PostgreSQL.
    /// </summary>
    public static void Add(WebApplicationBuilder builder, DispatchOptions options)
    {
        ClusterOptions cluster = builder.Configuration.GetSection("Dispatch:Cluster").Get<ClusterOptions>() ?? new();
        if (cluster.Role == "api")
        {
            builder.UseOrleansClient(client =>
            {
                client.Configure<Orleans.Configuration.ClusterOptions>(c => (c.ClusterId, c.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
                client.UseAdoNetClustering(ado => (ado.Invariant, ado.ConnectionString) = ("Npgsql", cluster.ConnectionString));
            });
            return;
        }
        builder.UseOrleans(silo =>
        {
            silo.Configure<Orleans.Configuration.ClusterOptions>(c => (c.ClusterId, c.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            if (cluster.Kind == "postgres")
            {
                silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
                silo.UseAdoNetClustering(ado => (ado.Invariant, ado.ConnectionString) = ("Npgsql", cluster.ConnectionString));
                silo.AddAdoNetGrainStorage("dispatch", ado => (ado.Invariant, ado.ConnectionString) = ("Npgsql", cluster.ConnectionString));
                silo.UseAdoNetReminderService(ado => (ado.Invariant, ado.ConnectionString) = ("Npgsql", cluster.ConnectionString));
            }
            else
            {
                silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
                silo.Configure<EndpointOptions>(e => e.AdvertisedIPAddress = IPAddress.Loopback);
                silo.UseInMemoryReminderService();
            }
        });
    }

    /// <summary>Section <c>Dispatch:Cluster</c>.</summary>
    private sealed class ClusterOptions
    {
        /// <summary><c>silo</c> (grains and API in one process, the default) or <c>api</c> (an Orleans client).</summary>
        public string Role { get; set; } = "silo";

        /// <summary><c>localhost</c> (default) or <c>postgres</c>.</summary>
        public string Kind { get; set; } = "localhost";

        public string ClusterId { get; set; } = "dispatch";

        public string ServiceId { get; set; } = "dispatch";

        /// <summary>Of PostgreSQL; from the environment, because it holds a password.</summary>
        public string ConnectionString { get; set; } = "";

        /// <summary>Default 11111.</summary>
        public int SiloPort { get; set; } = 11111;

        /// <summary>Default 30000.</summary>
        public int GatewayPort { get; set; } = 30000;
    }
}
