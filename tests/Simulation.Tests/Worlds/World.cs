using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Jobs;
using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>How large a world is, and how often it looks at itself.</summary>
/// <param name="PerDay">Places of a point's one bench on a day.</param>
/// <param name="Tick">Of the zone's planner; the sweep of a large world is rarer than that.</param>
/// <param name="Requests">Visits asked for while it is busy; half as many parcels again.</param>
/// <param name="Browsers">People who watch the zone, a job or a point.</param>
internal sealed record Size(int Technicians, int Points, int PerDay, TimeSpan Tick, int Requests, int Browsers)
{
    public static Size Small { get; } = new(5, 2, 2, TimeSpan.FromSeconds(60), 9, 4);

    public TimeSpan Sweep => Tick > TimeSpan.FromMinutes(1) ? Tick * 6 : TimeSpan.FromSeconds(20);
}

/// <summary>
/// One seed's world: production grains, three hosts, a zone, technicians with phones, service points, a dispatcher, customers, carriers, browsers, and everything that can go
/// wrong between them.
/// </summary>
internal sealed partial class World : IDisposable
{
    public static readonly TenantId Tenant = new("main");
    public static readonly ZoneId Zone = new("zone_n");
    public static readonly Place Depot = new(121.01, 31.01);
    private static readonly Place Centre = new(121, 31);
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(80), Calm = TimeSpan.FromMinutes(20), Settling = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan LongestKilled = TimeSpan.FromSeconds(3), LongestStorageOutage = SimulationFaults.None.LongestStorageOutage + TimeSpan.FromSeconds(60), ShortWhile = TimeSpan.FromMilliseconds(100), OutboxGrace = new AggregateOptions().OutboxGrace;
    private const int Kills = 3, Hosts = 3;

    /// <summary>
    /// So far that what is put on the wrong clock comes far too early or never. In every other seed business time is behind.
    /// </summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromDays(60);

    private static readonly ImmutableArray<Type> MessageKinds = [typeof(TellTechnician), typeof(TellMessage), typeof(ConfirmBench), typeof(ConfirmBench)];

    private readonly List<JobId> jobs = [];
    private readonly SortedSet<MessageId> messages = [];
    private readonly List<Viewer> viewers = [];
    private readonly Faults faults;
    private readonly TimeSpan ahead;
    private Exception? failure;
    private TaskCompletionSource started = new();
    private DateTimeOffset sweptUpTo;
    private DateTimeOffset? answeredFrom;
    private (Type Kind, DateTimeOffset From)? killAfter;

    public World(ulong seed, Faults faults, Planted planted = Planted.None, Size? size = null, bool traced = true)
    {
        Size = size ?? Size.Small;
        Planted = planted;
        this.faults = faults;
        Chances = Chances.None;
        Feeds = new ModelFeedStore(planted);
        Gateway = new ModelGateway(this, planted);
        Judge = new Judge(this);
        Intents = new IntentJudge(this);
        History = new JobHistory(this);
        Random = new SeededRandom(seed ^ 0x5eed);
        ahead = seed % 2 == 0 ? -ClocksApart : ClocksApart;
        SimulationOptions options = new() { Json = StorageJson.Options, Traced = traced, CollectionQuantum = TimeSpan.FromMinutes(5) };
        options = options with { Start = options.Start - ahead };
        Simulation = new Simulator.Simulation(seed, SimulationFaults.None, [typeof(JobGrain).Assembly], AddServices, options);
        Feeds.World = Simulation;
        Simulation.Storage.Fault = planted.StorageFault();
        // Every eighth seed goes through JSON with each write and each read; the others pass the immutable records on.
        Simulation.Storage.StatesAreImmutable = seed % 8 != 0;
        Simulation.Storage.Changed = (grain, state) => Written(state, GrainKeys.Id(grain.Key.ToString()!));
        Simulation.TimedOut = NotAnswered;
        Simulation.HostStarted = HostStarted;
        Start = Now;
        Technicians = [.. Enumerable.Range(1, Size.Technicians).Select(i => new TechnicianId($"tech_{i}"))];
        Points = [.. Enumerable.Range(1, Size.Points).Select(i => new ServicePointId($"point_{i:00}"))];
    }

    public Size Size { get; }
    public Planted Planted { get; }

    /// <summary>Of what is outside the hosts; as the simulation's own faults, none before the morning and none after it.</summary>
    public Chances Chances { get; private set; }

    public Simulator.Simulation Simulation { get; }
    public ModelFeedStore Feeds { get; }
    public ModelGateway Gateway { get; }
    public Judge Judge { get; }
    public IntentJudge Intents { get; }
    public JobHistory History { get; }
    public SeededRandom Random { get; }
    public DateTimeOffset Start { get; }
    public ImmutableArray<TechnicianId> Technicians { get; }
    public ImmutableArray<ServicePointId> Points { get; }
    public IReadOnlyList<JobId> Jobs => jobs;
    public IReadOnlyList<Viewer> Viewers => viewers;

    /// <summary>Every message that may have a record.</summary>
    public IReadOnlyCollection<MessageId> Messages => messages;

    /// <summary>Business time, as people and judges see it.</summary>
    public DateTimeOffset Now => Simulation.Clock.GetUtcNow() + ahead;

    /// <summary>Process time, true: hosts may see both clocks skewed.</summary>
    private DateTimeOffset ProcessNow => Simulation.Clock.GetUtcNow();

    /// <summary>A morning that begins with nothing worse than hosts that are killed, goes on busy under all faults, and ends with a while in which everything must come to rest.</summary>
    /// <param name="days">How many such mornings, one after the other.</param>
    /// <param name="window">Of each morning, the part in which faults happen, from 0 to 1; all of it when not given.</param>
    public void Play(int days = 1, (double From, double To)? window = null)
    {
        People people = new(this);
        Simulation.Run(_ => people.SetUp());
        PostalPeople post = new(this, people);
        Task[] all =
        [
            people.Sweeps(), people.SweepsAtStarts(), people.Customers(Size.Requests * days, Busy * days + Calm), people.Answers(), people.Dispatcher(), new Planners(this, people).Swapper(), people.Desk(), .. Technicians.Select(id => new Phone(this, people, id).Live()),
            post.Customers(Size.Requests / 2 * days, Busy * days + Calm), new Bookers(this, people, post).Customers(Size.Requests / 2 * days, Busy * days + Calm), post.Carrier(), .. Points.Select(post.Bench),
            .. Enumerable.Range(1, Size.Browsers).Select(i => new Browser(this, people, i).Live()),
        ];
        RunCalmly();
        (double from, double to) = window ?? (0, 1);
        for (int day = 0; day < days; day++)
        {
            Simulation.RunFor(Busy * from);
            (Simulation.Faults, Chances) = (faults.Inside, faults.Outside);
            Simulation.RunFor(Busy * (to - from));
            (Simulation.Faults, Chances) = (SimulationFaults.None, Chances.None);
            Simulation.RunFor(Busy * (1 - to));
        }
        people.Rest();
        answeredFrom = Now + LongestStorageOutage;
        Simulation.RunFor(Settling);
        foreach (Task task in all)
            if (task.IsFaulted || task.IsCanceled)
                task.GetAwaiter().GetResult();
        if (failure is not null)
            throw failure;
        Simulation.Run(_ => History.AskAgain(people));
        // A planner that looks again and again may just have had something to say.
        for (int looks = 0; looks < 24 && !IsStill(); looks++)
            Simulation.RunFor(TimeSpan.FromSeconds(5));
        Judge.AtRest();
        Intents.AtRest();
        History.AtRest();
        foreach (Viewer viewer in viewers)
            viewer.AtRest();
    }

    /// <summary>
    /// All hosts are killed at once while everybody works on, each time just after a write whose outbox has something of a kind to tell. Whoever asks after they are up again gets an answer:
    /// grains must not wait for each other, nor for themselves.
    /// </summary>
    private void RunCalmly()
    {
        answeredFrom = Now;
        TimeSpan every = Calm / (Kills + 1);
        for (int kill = 0; kill < Kills; kill++)
        {
            if (faults.Inside.HostCrash > 0)
                killAfter = (MessageKinds[Random.Next(MessageKinds.Length)], Now + every / 3);
            Simulation.RunFor(every);
        }
        killAfter = null;
        Simulation.RunFor(every);
        answeredFrom = null;
    }

    private void KillAfter(ImmutableArray<OutboxEntry<GrainMessage>> outbox)
    {
        if (killAfter is not var (kind, from) || Now < from || !outbox.Any(e => e.Messages.Any(m => (m is TellPoint told ? told.Command.GetType() : m.GetType()) == kind)))
            return;
        killAfter = null;
        Simulation.After(Random.UpTo(ShortWhile), () =>
        {
            TimeSpan outage = Random.UpTo(LongestKilled);
            for (int host = 0; host < Hosts; host++)
                Simulation.CrashHost(host, outage);
            answeredFrom = Now + outage;
        });
    }

    private void HostStarted()
    {
        sweptUpTo = ProcessNow + OutboxGrace;
        TaskCompletionSource now = started;
        started = new();
        now.SetResult();
    }

    /// <summary>Ends when the next host starts.</summary>
    public Task NextStart() => started.Task;

    private void NotAnswered(string call, TimeSpan waited)
    {
        if (Now - waited > answeredFrom)
            Fail(new ViolationException($"{call} of {Now - waited:T} was never answered, though everything that could lose it was over by {answeredFrom:T}"));
    }

    private bool IsStill() => jobs.TrueForAll(id => Peek(id)?.Outbox.IsEmpty ?? true) && viewers.TrueForAll(viewer => viewer.IsCurrent);

    /// <summary>Days of parcels alone, without faults, as carriers and benches usually work.</summary>
    public void PlayParcels(int requests, TimeSpan over, TimeSpan until)
    {
        People people = new(this);
        PostalPeople post = new(this, people);
        Simulation.Run(_ => people.SetUp());
        Task[] all = [people.Sweeps(messages: false), post.Customers(requests, over), post.Carrier(), .. Points.Select(post.Bench)];
        Simulation.RunFor(until);
        foreach (Task task in all)
            if (task.IsFaulted)
                task.GetAwaiter().GetResult();
        if (failure is not null)
            throw failure;
    }

    /// <summary>A write is about to be tried: from now on it may be durable, acknowledged or not.</summary>
    public void Writing(string stateName, string id)
    {
        if (stateName == "message")
            messages.Add(new MessageId(id));
    }

    /// <summary>After every change of the store, heard of or not. The verdict must not be swallowed by a grain's own error handling.</summary>
    private void Written(string stateName, string id)
    {
        try
        {
            switch (stateName)
            {
                case "job":
                    Judge.JobWritten(new JobId(id));
                    Due(stateName, id, Peek(new JobId(id)));
                    KillAfter(Peek(new JobId(id))!.Outbox);
                    break;
                case "technician":
                    Judge.TechnicianWritten(new TechnicianId(id));
                    Due(stateName, id, Peek(new TechnicianId(id)));
                    break;
                case "point":
                    Judge.PointWritten(new ServicePointId(id));
                    Due(stateName, id, Peek(new ServicePointId(id)));
                    break;
                case "intent":
                    Due(stateName, id, Peek(new IntentId(id)));
                    break;
                case "message":
                    Due(stateName, id, Peek(new MessageId(id)));
                    break;
                case "device":
                    Due(stateName, id, Peek(new DeviceId(id)));
                    break;
                case "programme":
                    Due(stateName, id, Peek(new ProgrammeId(id)));
                    break;
            }
            Intents.Written(stateName, id);
        }
        catch (ViolationException violation)
        {
            Fail(violation);
        }
    }

    /// <summary>The two columns of due times that a database computes from its rows: one on the clock of business, one on that of the process.</summary>
    private readonly SortedDictionary<string, (string State, string Id, long? DueAt, long? DrainAt)> due = new(StringComparer.Ordinal);

    private void Due<TState, TReply>(string stateName, string id, GrainRecord<TState, TReply, GrainMessage>? record)
    {
        if (record is { DueAt: not null } or { DrainAt: not null })
            due[$"{stateName} {id}"] = (stateName, id, record.DueAt, record.DrainAt);
        else
            due.Remove($"{stateName} {id}");
    }

    /// <summary>What its stored record asks to be woken for by now, and what a host that died may have left behind.</summary>
    public IReadOnlyList<(string State, string Id)> DueNow()
    {
        long dueBy = Now.ToUnixTimeMilliseconds(), drainBy = (ProcessNow < sweptUpTo ? sweptUpTo : ProcessNow).ToUnixTimeMilliseconds();
        return [.. due.Values.Where(d => d.DueAt <= dueBy || d.DrainAt <= drainBy).Select(d => (d.State, d.Id))];
    }

    public void Fail(Exception violation) => failure ??= violation;

    public void Know(JobId job) => jobs.Add(job);

    public void Know(Viewer viewer) => viewers.Add(viewer);

    public Place PlaceNear() => new(Centre.Lon + (Random.Next(2000) - 1000) / 10_000.0, Centre.Lat + (Random.Next(2000) - 1000) / 10_000.0);

    public GrainRecord<JobState, JobReply, GrainMessage>? Peek(JobId id) => Peek<GrainRecord<JobState, JobReply, GrainMessage>>("job", id.Value);

    public GrainRecord<TechnicianState, TechnicianReply, GrainMessage>? Peek(TechnicianId id) => Peek<GrainRecord<TechnicianState, TechnicianReply, GrainMessage>>("technician", id.Value);

    public GrainRecord<ServicePointState, ServicePointReply, GrainMessage>? Peek(ServicePointId id) => Peek<GrainRecord<ServicePointState, ServicePointReply, GrainMessage>>("point", id.Value);

    public GrainRecord<MessageState, MessageReply, GrainMessage>? Peek(MessageId id) => Peek<GrainRecord<MessageState, MessageReply, GrainMessage>>("message", id.Value);

    public GrainRecord<IntentState, IntentReply, GrainMessage>? Peek(IntentId id) => Peek<GrainRecord<IntentState, IntentReply, GrainMessage>>("intent", id.Value);

    public GrainRecord<DeviceState, DeviceReply, GrainMessage>? Peek(DeviceId id) => Peek<GrainRecord<DeviceState, DeviceReply, GrainMessage>>("device", id.Value);

    public GrainRecord<ProgrammeState, ProgrammeReply, GrainMessage>? Peek(ProgrammeId id) => Peek<GrainRecord<ProgrammeState, ProgrammeReply, GrainMessage>>("programme", id.Value);

    private T? Peek<T>(string state, string id) where T : class => Simulation.Storage.Peek<T>(GrainId.Create(GrainTypes[state], GrainKeys.Of(Tenant, id)), state);

    private static readonly Dictionary<string, string> GrainTypes = new(StringComparer.Ordinal) { ["job"] = "job", ["technician"] = "technician", ["point"] = "servicepoint", ["message"] = "message", ["intent"] = "intent", ["device"] = "device", ["programme"] = "programme" };

    public T Grain<T>(string id, string client = "judge") where T : IGrainWithStringKey => Simulation.Client(client).GetGrain<T>(GrainKeys.Of(Tenant, id));

    public Task Wait(TimeSpan time)
    {
        TaskCompletionSource done = new();
        Simulation.After(time, done.SetResult);
        return done.Task;
    }

    public void Dispose() => Simulation.Dispose();
}
