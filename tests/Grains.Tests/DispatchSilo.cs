using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;
using Dispatch.Grains.Jobs;
using Dispatch.Grains.Messages;
using Dispatch.Grains.Zones;
using Dispatch.Storage;
using Dispatch.Storage.Postgres;
using Dispatch.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Dispatch.Grains.Tests;

/// <summary>A host of the production grains over a real SQLite file. Restarting keeps the file.</summary>
public sealed class SqliteSilo : DispatchSilo
{
    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-grains-").FullName;

    protected override Task AddStorage(IServiceCollection services)
    {
        services.AddSqliteStorage(options => options.Path = Path.Combine(folder, "dispatch.db"));
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>The same over a database of its own on a PostgreSQL server.</summary>
public sealed class PostgresSilo(PostgresServer server) : DispatchSilo
{
    private string? connectionString;

    protected override async Task AddStorage(IServiceCollection services)
    {
        connectionString ??= await server.NewDatabase();
        services.AddPostgresStorage(options => options.ConnectionString = connectionString);
    }

    protected override void AddGrainState(ISiloBuilder silo) => silo.Services.AddPostgresGrainState();
}

/// <summary>A host of the production grains. Restarting keeps the data.</summary>
public abstract class DispatchSilo : IAsyncLifetime
{
    public static readonly TenantId Tenant = new("main");
    public static readonly ZoneId Zone = new("zone_n");
    public static readonly Place Centre = new(121, 31);

    private readonly string name = Guid.NewGuid().ToString("N");
    private IHost host = null!;
    private int operations;

    protected abstract Task AddStorage(IServiceCollection services);

    /// <summary>Adds the provider of grain states, where it is one of Orleans' own.</summary>
    protected virtual void AddGrainState(ISiloBuilder silo)
    {
    }

    /// <summary>Planning of the zone; changed before <see cref="InitializeAsync"/> by tests that need it otherwise.</summary>
    public PlanningOptions Planning { get; } = new() { Tick = TimeSpan.FromMilliseconds(50), Margin = TimeSpan.Zero, Iterations = 50, ImproveFor = 2, OfferLead = TimeSpan.FromHours(12), RefusalPause = TimeSpan.Zero };

    /// <summary>Pauses of messages; changed before <see cref="InitializeAsync"/> by tests that need them otherwise.</summary>
    public MessageOptions Messages { get; } = new() { FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(40), SweepGrace = TimeSpan.Zero, MostTries = 20 };

    public PocketGateway Gateway { get; } = new();

    /// <summary>Adds to or replaces what the host is made of, after everything else is registered; set before <see cref="InitializeAsync"/>.</summary>
    public Action<IServiceCollection>? Rigged { get; set; }

    public IDeliveryReports Reports => host.Services.GetRequiredService<IDeliveryReports>();

    public IFeedStore Feeds => host.Services.GetRequiredService<IFeedStore>();

    public IDueStore Dues => host.Services.GetRequiredService<IDueStore>();

    public async ValueTask InitializeAsync()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(BusinessClock.Of(TimeProvider.System));
        await AddStorage(builder.Services);
        builder.Services.AddSingleton(new AggregateOptions { SettleAfter = TimeSpan.FromMilliseconds(50), OutboxGrace = TimeSpan.FromSeconds(2) });
        builder.Services.AddSingleton<AggregateServices>();
        builder.Services.AddSingleton(JobRules.Standard);
        builder.Services.AddSingleton(DeskRules.Standard);
        builder.Services.AddSingleton(new JobOptions());
        builder.Services.AddSingleton(Planning);
        builder.Services.AddSingleton(Messages);
        builder.Services.AddSingleton<IMessageGateway>(Gateway);
        builder.Services.AddSingleton<IMessageWriter>(Gateway);
        builder.Services.AddSingleton<IDeliveryReports, DeliveryReports>();
        builder.Services.AddSingleton<MessageServices>();
        builder.Services.AddSingleton<IPlanRunner, InlinePlanRunner>();
        builder.Services.AddSingleton<ITravel>(new StraightLineTravel(new TravelModel()));
        ZonePlanner planner = new(new StraightLineTravel(new TravelModel()), PlanningRules.Default with { Explain = false });
        builder.Services.AddSingleton<IZonePlanner>(planner);
        builder.Services.AddSingleton<IPlanExplainer>(planner);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(serviceId: "dispatch");
            // Nobody joins: it listens where the system likes, so that any number run side by side.
            silo.Configure<EndpointOptions>(endpoint =>
                (endpoint.SiloListeningEndpoint, endpoint.GatewayPort, endpoint.GatewayListeningEndpoint) = (new IPEndPoint(IPAddress.Loopback, 0), 0, null));
            AddGrainState(silo);
        });
        Rigged?.Invoke(builder.Services);
        host = builder.Build();
        await host.StartAsync();
    }

    public async Task Restart()
    {
        await Stop();
        await InitializeAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stop();
    }

    public IJobGrain Job(JobId id) => Grain<IJobGrain>(id.Value);

    public IServicePointGrain Point(ServicePointId id) => Grain<IServicePointGrain>(id.Value);

    public ITechnicianGrain Technician(TechnicianId id) => Grain<ITechnicianGrain>(id.Value);

    public IIntentGrain Intent(IntentId id) => Grain<IIntentGrain>(id.Value);

    public IDeviceGrain Device(DeviceId id) => Grain<IDeviceGrain>(id.Value);

    public IProgrammeGrain Programme(ProgrammeId id) => Grain<IProgrammeGrain>(id.Value);
    public IContactGrain Contact(ContactId id) => Grain<IContactGrain>(id.Value);

    public IEscalationGrain Escalation(EscalationId id) => Grain<IEscalationGrain>(id.Value);

    public ICallBackGrain CallBack(CallBackId id) => Grain<ICallBackGrain>(id.Value);

    public ICaseGrain Case(CaseId id) => Grain<ICaseGrain>(id.Value);

    public IMessageGrain Message(MessageId id) => Grain<IMessageGrain>(id.Value);

    public static Moment Now => new(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());

    /// <summary>What the sweep of a host does for messages.</summary>
    public async Task SweepMessages()
    {
        IGrainFactory grains = host.Services.GetRequiredService<IGrainFactory>();
        foreach (DueGrain due in await Dues.Due(Now, 1000))
            if (due.StateName == "message")
                await grains.GetGrain<IMessageGrain>(due.Key).Wake();
    }

    /// <summary>What the sweep of a host does for changes of plan, and for whoever stands still for one.</summary>
    public async Task SweepPlanChanges()
    {
        foreach (DueGrain due in await Dues.Due(Now, 1000))
            await (due.StateName switch
            {
                "intent" => Intent(new IntentId(GrainKeys.Id(due.Key))).Wake(),
                "job" => Job(new JobId(GrainKeys.Id(due.Key))).Wake(),
                "technician" => Technician(new TechnicianId(GrainKeys.Id(due.Key))).Wake(),
                _ => Task.CompletedTask,
            });
    }

    public IZoneGrain TheZone => Grain<IZoneGrain>(Zone.Value);

    public Operation NewOperation(string? digest = null)
    {
        string id = $"op-{Interlocked.Increment(ref operations)}-{name}";
        return new Operation(new OperationId(id), digest ?? id, "test");
    }

    /// <summary>A zone that plans, with these technicians on duty around the centre.</summary>
    public async Task WithZone(params TechnicianId[] technicians)
    {
        Assert.Null((await TheZone.Execute(new DefineZone(Zone, Tenant, "north", [new(120, 30), new(122, 30), new(122, 32), new(120, 32)], null), null)).Refusal);
        foreach (TechnicianId id in technicians)
            await OnDuty(id);
    }

    public async Task OnDuty(TechnicianId id, ZoneId? zone = null)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        TechnicianProfile profile = new(id.Value, zone ?? Zone, Centre, new TimeWindow(now.AddHours(-1), now.AddDays(2)), [new("phone", 1)], ["heat_mat"], [new("screen", 100_000)]);
        Assert.Null((await Technician(id).Execute(new RegisterTechnician(id, Tenant, profile), null)).Refusal);
        Assert.Null((await Technician(id).Execute(new SetDuty(true), null)).Refusal);
    }

    /// <summary>Files a request and returns its id; queued if it has needs.</summary>
    public async Task<JobId> Request(ServiceNeeds? needs, ZoneId? zone = null, TimeWindow? window = null)
    {
        Operation operation = NewOperation();
        JobId id = JobId.Derive(Tenant, operation.Id);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JobRequest request = new("screen", new Place(121.02, 31.01), [window ?? new(now, now.AddHours(8))], Severity.Regular, null, null);
        JobReply reply = await Job(id).Execute(new RequestJob(id, Tenant, zone ?? Zone, request, needs), operation);
        Assert.Null(reply.Refusal);
        return id;
    }

    /// <summary>Looks again until it is so; fails naming the phase and what it last saw.</summary>
    public static async Task<T> Eventually<T>(string phase, Func<Task<T>> look, Func<T, bool> good)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(20));
        T seen = await look();
        while (!good(seen))
        {
            try
            {
                await again.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{phase}: still {seen} after 30 s");
            }
            seen = await look();
        }
        return seen;
    }

    public Task<VersionedJob?> Until(JobId id, JobStatus status) =>
        Eventually($"{id} becomes {status}", () => Job(id).Get(), job => job?.State.Status == status);

    /// <summary>Everything the stream holds.</summary>
    public async Task<ImmutableArray<SequencedEvent>> History(string stream) => await Feeds.Read(Tenant, stream, 0, 10_000);

    private T Grain<T>(string id) where T : IGrainWithStringKey => host.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(GrainKeys.Of(Tenant, id));

    private async Task Stop()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
