using System.Net;
using Dispatch.Api;
using Dispatch.Api.Clock;
using Dispatch.Api.Tracking;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Divided;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Jobs;
using Dispatch.Grains.Messages;
using Dispatch.Grains.Zones;
using Dispatch.Silo.Demo;
using Dispatch.Silo.Hosting;
using Dispatch.Silo.Messaging;
using Dispatch.Storage;
using Dispatch.Storage.Clock;
using Microsoft.Extensions.Options;

namespace Dispatch.Silo;

/// <summary>Puts one process together: options, clock, storage, Orleans, grains' services, API, pages.</summary>
public static class DispatchHost
{
    private static readonly Dictionary<string, string> ShortForms = new()
    {
        ["--data"] = "Dispatch:Data",
        ["--port"] = "Dispatch:Port",
        ["--web"] = "Dispatch:Web",
        ["--demo"] = "Dispatch:Demo",
        ["--city"] = "Dispatch:City",
        ["--speed"] = "Dispatch:Speed",
        ["--travel"] = "Dispatch:Travel:Kind",
    };

    /// <param name="args">Short forms (<c>--data DIR --port N --demo true --city quiet --speed X --travel planar</c>) or any configuration key (<c>--Dispatch:Planning:Tick 00:00:00.2</c>).</param>
    /// <returns>An application that is ready to run and owns its data folder from its start on.</returns>
    public static WebApplication Build(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, ShortForms);
        DispatchOptions options = AddOptions<DispatchOptions>(builder, "Dispatch");
        AddOptions<Hosting.ClusterOptions>(builder, "Dispatch:Cluster");
        bool living = DemoPace.IsLiving(options);
        if (living)
            options = DemoPace.Add(builder.Configuration);
        CreateOwned(options.Data);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(ListenAddress(builder.Configuration), options.Port));
        // Orleans tells its whole configuration at every start; what it warns of is for the reader, that is not.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        // Tells every attempt; those who repeat tell it themselves, once.
        builder.Logging.AddFilter("Polly", LogLevel.Critical);
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));

        builder.Services.AddSingleton(TimeProvider.System);
        if (options.Store == "postgres")
            builder.Services.AddPostgresStorage(storage => (storage.ConnectionString, storage.ServiceId, storage.Connections) = (options.ConnectionString, options.Cluster.ServiceId, options.Connections));
        else
            builder.Services.AddSqliteStorage(storage => (storage.Path, storage.ServiceId) = (Path.Combine(options.Data, "dispatch.db"), options.Cluster.ServiceId));
        AddBusinessClock(builder, options, living);
        AddGrainServices(builder, options);
        OrleansHost.Add(builder, options);
        Telemetry.Add(builder, options);
        if (options.Cluster.Role == "silo")
            builder.Services.AddHostedService<Sweeper>();
        builder.Services.AddSingleton<ITravelInfo>(new TravelInfo(options.Travel));
        builder.Services.AddDispatchApi(api =>
        {
            builder.Configuration.GetSection("Dispatch:Api").Bind(api);
            api.DataFolder = options.Data;
            api.WebRoot = options.Web ?? FindPages();
            api.Tenant = new TenantId(options.Tenants[0]);
            api.PlanningCurrency = builder.Configuration["Dispatch:Planning:Prices:Currency"];
            api.ContactRegion = builder.Configuration["Dispatch:Contacts:Region"] ?? api.ContactRegion;
        });
        builder.Services.AddHostedService<FirstStart>();

        WebApplication app = builder.Build();
        app.MapDispatchApi();
        Telemetry.Map(app);
        return app;
    }

    /// <summary>Business time runs at the configured speed; everything technical stays on process time.</summary>
    private static void AddBusinessClock(WebApplicationBuilder builder, DispatchOptions options, bool living)
    {
        builder.Services.AddSingleton(services => StoredBusinessClock.Open(
            services.GetRequiredService<IDatabase>(), TimeProvider.System, options.Speed,
            living ? DemoPace.Morning(TimeProvider.System.GetUtcNow()) : null, KeptClock.Find(options.Data)).GetAwaiter().GetResult());
        builder.Services.AddSingleton<BusinessClock>(services => services.GetRequiredService<StoredBusinessClock>());
        builder.Services.AddHostedService<ClockFollower>();
    }

    private static void AddGrainServices(WebApplicationBuilder builder, DispatchOptions options)
    {
        AddOptions<PlanningOptions>(builder, "Dispatch:Planning");
        AddOptions<JobOptions>(builder, "Dispatch:Jobs");
        AddOptions<AggregateOptions>(builder, "Dispatch:Aggregates");
        AddOptions<TrackingOptions>(builder, "Dispatch:Tracking");
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<TrackingOptions>>().Value.ToRules());
        AddMessaging(builder);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<PlanningOptions>>().Value);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<PlanningOptions>>().Value.MailIn);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<JobOptions>>().Value);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<AggregateOptions>>().Value);
        builder.Services.AddSingleton<AggregateServices>();
        builder.Services.AddSingleton(JobRules.Standard);
        builder.Services.AddSingleton<IPlanRunner, PooledPlanRunner>();
        builder.Services.AddSingleton(TravelOf(options.Travel));
        // Explaining every placement with every plan costs more than planning; a zone explains the one it is asked about.
        builder.Services.AddSingleton(services => new DividedPlanner(
            services.GetRequiredService<ITravel>(), PlanningRules.Default with { Explain = false, Prices = services.GetRequiredService<PlanningOptions>().EffectivePrices }));
        builder.Services.AddSingleton<IZonePlanner>(services => services.GetRequiredService<DividedPlanner>());
        builder.Services.AddSingleton<IPlanExplainer>(services => services.GetRequiredService<DividedPlanner>());
    }

    /// <summary>Messages to customers over the simulated gateway; a real one is another <see cref="IMessageGateway"/>, told of deliveries through <see cref="IDeliveryReports"/>.</summary>
    private static void AddMessaging(WebApplicationBuilder builder)
    {
        AddOptions<MessageOptions>(builder, "Dispatch:Messages");
        AddOptions<SimulatedGatewayOptions>(builder, "Dispatch:SimulatedGateway");
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<MessageOptions>>().Value);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SimulatedGatewayOptions>>().Value);
        builder.Services.AddSingleton<IDeliveryReports, DeliveryReports>();
        builder.Services.AddSingleton<IMessageGateway, SimulatedGateway>();
        builder.Services.AddSingleton<MessageServices>();
    }

    private static void CreateOwned(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Loopback, unless told otherwise: whoever opens the server to a network does so on purpose.</summary>
    private static IPAddress ListenAddress(IConfiguration configuration) =>
        configuration["Dispatch:Listen"] is { } listen ? IPAddress.Parse(listen) : IPAddress.Loopback;

    private static ITravel TravelOf(TravelOptions travel) => travel.Kind == "planar"
        ? new PlanarTravel(new Place(travel.OriginLon, travel.OriginLat), travel.MetresPerSecond)
        : new StraightLineTravel(new TravelModel());

    /// <summary>Binds and checks at once: a wrong setting ends the start with the sentence that repairs it.</summary>
    private static T AddOptions<T>(WebApplicationBuilder builder, string section) where T : class, new()
    {
        builder.Services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return builder.Configuration.GetSection(section).Get<T>() ?? new T();
    }

    private static string FindPages()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Dispatch.sln")))
                return Path.Combine(folder.FullName, "web", "dist");
        return Path.Combine(AppContext.BaseDirectory, "wwwroot");
    }

    private sealed class TravelInfo(TravelOptions travel) : ITravelInfo
    {
        private bool IsPlanar => travel.Kind == "planar";
        public string Kind => travel.Kind;
        public Place? Origin => IsPlanar ? new Place(travel.OriginLon, travel.OriginLat) : null;
        public double? MetresPerSecond => IsPlanar ? travel.MetresPerSecond : null;
    }
}
