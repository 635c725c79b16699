using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Messages;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;
using Dispatch.Grains.Jobs;
using Dispatch.Grains.Messages;
using Dispatch.Grains.Zones;
using Dispatch.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Simulation.Tests;

/// <summary>Bugs that exist only here, to see that the judge finds them.</summary>
[Flags]
public enum Planted
{
    None = 0,

    /// <summary>A technician's answer counts under whatever epoch the job is in.</summary>
    NoEpochCheck = 1,

    /// <summary>The store no longer compares versions.</summary>
    NoCompareAndSet = 2,

    /// <summary>The reply goes out before the write is durable.</summary>
    ReplyBeforeWrite = 4,
}

/// <summary>How large a world is, and how often it looks at itself.</summary>
/// <param name="PerDay">Places of a point's one bench on a day.</param>
/// <param name="Tick">Of the zone's planner; the sweep of a large world is rarer than that.</param>
internal sealed record Size(int Technicians, int Points, int PerDay, TimeSpan Tick)
{
    public static Size Small { get; } = new(4, 2, 3, TimeSpan.FromSeconds(20));

    public TimeSpan Sweep => Tick > TimeSpan.FromMinutes(1) ? Tick * 6 : TimeSpan.FromSeconds(10);
}

/// <summary>One seed's world: production grains, three hosts, a zone, technicians, a dispatcher, customers, and everything that can go wrong between them.</summary>
internal sealed class World : IDisposable
{
    public static readonly TenantId Tenant = new("main");
    public static readonly ZoneId Zone = new("zone_n");
    private static readonly Place Centre = new(121, 31);

    private readonly List<JobId> jobs = [];
    private readonly SortedSet<MessageId> messages = [];

    public World(ulong seed, SimulationFaults faults, Planted planted = Planted.None, Size? size = null)
    {
        Size = size ?? Size.Small;
        Feeds = new ModelFeedStore();
        Gateway = new ModelGateway(this);
        Judge = new Judge(this);
        Random = new SeededRandom(seed ^ 0x5eed);
        Faults = faults;
        Simulation = new Runtime.Simulation.Simulation(seed, SimulationFaults.None, [typeof(JobGrain).Assembly], services => AddServices(services, planted), new SimulationOptions { Json = StorageJson.Options });
        Feeds.World = Simulation;
        if (planted.HasFlag(Planted.NoCompareAndSet))
            Simulation.Storage.Sabotage |= Sabotage.DropCompareAndSet;
        if (planted.HasFlag(Planted.ReplyBeforeWrite))
            Simulation.Storage.Sabotage |= Sabotage.AcknowledgeBeforeDurable;
        Start = Simulation.Clock.GetUtcNow();
        Technicians = [.. Enumerable.Range(1, Size.Technicians).Select(i => new TechnicianId($"tech_{i}"))];
        Points = [.. Enumerable.Range(1, Size.Points).Select(i => new ServicePointId($"point_{i:00}"))];
    }

    public Size Size { get; }

    public Runtime.Simulation.Simulation Simulation { get; }
    public ModelFeedStore Feeds { get; }
    public ModelGateway Gateway { get; }
    public Judge Judge { get; }
    public SeededRandom Random { get; }
    public DateTimeOffset Start { get; }
    public ImmutableArray<TechnicianId> Technicians { get; }
    public ImmutableArray<ServicePointId> Points { get; }
    public IReadOnlyList<JobId> Jobs => jobs;

    /// <summary>Every message that may have a record.</summary>
    public IReadOnlyCollection<MessageId> Messages => messages;
    private SimulationFaults Faults { get; }

    /// <summary>Two hours of a busy morning under faults, then an hour in which everything must come to rest.</summary>
    public void Play(int requests = 12)
    {
        People people = new(this);
        Simulation.Run(_ => people.SetUp());
        Simulation.Faults = Faults;
        PostalPeople post = new(this, people);
        Task[] all =
        [
            people.Sweeps(), people.Customers(requests), people.Dispatcher(), .. Technicians.Select(people.Technician),
            post.Customers(requests / 2), post.Carrier(), .. Points.Select(post.Bench),
        ];
        Simulation.RunFor(TimeSpan.FromHours(2));
        Simulation.Faults = SimulationFaults.None;
        people.Rest();
        Simulation.RunFor(TimeSpan.FromHours(1));
        foreach (Task task in all)
            if (task.IsFaulted || task.IsCanceled)
                task.GetAwaiter().GetResult();
        if (failure is not null)
            throw failure;
        Judge.AtRest();
    }

    /// <summary>Days of parcels alone, without faults, as carriers and benches usually work.</summary>
    public void PlayParcels(int requests, TimeSpan over, TimeSpan until)
    {
        People people = new(this);
        PostalPeople post = new(this, people);
        Simulation.Run(_ => people.SetUp());
        Task[] all = [people.Sweeps(messages: false), post.Customers(requests, over / requests), post.Carrier(), .. Points.Select(post.Bench)];
        Simulation.RunFor(until);
        foreach (Task task in all)
            if (task.IsFaulted)
                task.GetAwaiter().GetResult();
        if (failure is not null)
            throw failure;
    }

    private Exception? failure;

    /// <summary>A write is about to be tried: from now on it may be durable, acknowledged or not.</summary>
    public void Writing(string stateName, string id)
    {
        if (stateName == "message")
            messages.Add(new MessageId(id));
    }

    /// <summary>The judge's verdict must not be swallowed by a grain's own error handling.</summary>
    public void Written(string stateName, string id)
    {
        try
        {
            if (stateName == "job")
                Judge.JobWritten(new JobId(id));
            else if (stateName == "technician")
                Judge.TechnicianWritten(new TechnicianId(id));
            else if (stateName == "point")
                Judge.PointWritten(new ServicePointId(id));
        }
        catch (ViolationException violation)
        {
            failure ??= violation;
        }
    }

    public void Fail(Exception violation) => failure ??= violation;

    public void Know(JobId job) => jobs.Add(job);

    public Place PlaceNear() => new(Centre.Lon + (Random.Next(2000) - 1000) / 10_000.0, Centre.Lat + (Random.Next(2000) - 1000) / 10_000.0);

    public GrainRecord<JobState, JobReply, GrainMessage>? Peek(JobId id) =>
        Simulation.Storage.Peek<GrainRecord<JobState, JobReply, GrainMessage>>(Grain<IJobGrain>(id.Value).GetGrainId(), "job");

    public GrainRecord<TechnicianState, TechnicianReply, GrainMessage>? Peek(TechnicianId id) =>
        Simulation.Storage.Peek<GrainRecord<TechnicianState, TechnicianReply, GrainMessage>>(Grain<ITechnicianGrain>(id.Value).GetGrainId(), "technician");

    public GrainRecord<ServicePointState, ServicePointReply, GrainMessage>? Peek(ServicePointId id) =>
        Simulation.Storage.Peek<GrainRecord<ServicePointState, ServicePointReply, GrainMessage>>(Grain<IServicePointGrain>(id.Value).GetGrainId(), "point");
    public GrainRecord<MessageState, MessageReply, GrainMessage>? Peek(MessageId id) =>
        Simulation.Storage.Peek<GrainRecord<MessageState, MessageReply, GrainMessage>>(Grain<IMessageGrain>(id.Value).GetGrainId(), "message");

    /// <summary>When the stored record asks to be woken, read without the rest of it.</summary>
    public long? DueAt<T>(string id, string stateName) where T : IGrainWithStringKey => Simulation.Storage.Peek<Due>(Grain<T>(id).GetGrainId(), stateName)?.DueAt;

    private sealed record Due(long? DueAt);

    public T Grain<T>(string id, string client = "judge") where T : IGrainWithStringKey => Simulation.Client(client).GetGrain<T>(GrainKeys.Of(Tenant, id));

    public Task Wait(TimeSpan time)
    {
        TaskCompletionSource done = new();
        Simulation.After(time, done.SetResult);
        return done.Task;
    }

    public void Dispose() => Simulation.Dispose();

    private void AddServices(IServiceCollection services, Planted planted)
    {
        services.AddKeyedSingleton<IGrainStorage>("dispatch", new JudgedStorage(this));
        services.AddSingleton<IFeedStore>(Feeds);
        services.AddSingleton(new AggregateOptions());
        services.AddSingleton<AggregateServices>();
        services.AddSingleton(JobRules.Standard);
        services.AddSingleton(new JobOptions());
        services.AddSingleton(new PlanningOptions { Tick = Size.Tick, Iterations = 20, ImproveFor = 2, OfferLead = TimeSpan.FromMinutes(20) });
        services.AddSingleton(new PlanningOptions { Tick = TimeSpan.FromSeconds(20), Iterations = 20, ImproveFor = 2, OfferLead = TimeSpan.FromMinutes(20) });
        services.AddSingleton<IMessageGateway>(Gateway);
        services.AddSingleton<IMessageWriter>(Gateway);
        services.AddSingleton(new MessageOptions());
        services.AddSingleton<MessageServices>();
        services.AddSingleton<IPlanRunner, InlinePlanRunner>();
        services.AddSingleton<ITravel>(new StraightLineTravel(new TravelModel()));
        ZonePlanner planner = new(new StraightLineTravel(new TravelModel()), PlanningRules.Default with { Explain = false });
        services.AddSingleton<IZonePlanner>(planner);
        services.AddSingleton<IPlanExplainer>(planner);
        if (planted.HasFlag(Planted.NoEpochCheck))
            services.AddSingleton<IIncomingGrainCallFilter, EpochForger>();
    }

    /// <summary>Gives every technician's answer the epoch the job happens to be in: what a grain without the check would do.</summary>
    private sealed class EpochForger : IIncomingGrainCallFilter
    {
        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.Grain is IJobGrain && context.MethodName == nameof(IJobGrain.Execute) && context.Request.GetArgument(0) is AcceptOffer accept
                && await ((IJobGrain)context.Grain).Get() is { } job)
                context.Request.SetArgument(0, accept with { Epoch = job.State.Epoch });
            await context.Invoke();
        }
    }
}
