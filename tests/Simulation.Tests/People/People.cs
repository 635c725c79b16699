using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Messages;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Everybody outside the grains, behaving as people and phones do: they repeat what got no answer under the same operation, answer late, answer twice, change
/// their minds and act on old news.
/// </summary>
internal sealed class People(World world)
{
    private int operations;
    private bool resting;

    private DateTimeOffset Now => world.Now;

    public bool Resting => resting;

    public void Rest() => resting = true;

    public async Task SetUp()
    {
        await Retry("setup", () => world.Grain<IZoneGrain>(World.Zone.Value).Execute(
            new DefineZone(World.Zone, World.Tenant, "north", [new(120.8, 30.8), new(121.2, 30.8), new(121.2, 31.2), new(120.8, 31.2)],
                world.Size.Technicians == 0 ? null : new Depot(new DepotId("depot_1"), "depot", World.Depot)), null));
        foreach (TechnicianId id in world.Technicians)
        {
            TechnicianProfile profile = new(id.Value, World.Zone, world.PlaceNear(), new TimeWindow(world.Start, world.Start.AddHours(10)), [new("phone", 1)], [], Bookers.VanStock);
            await Retry("setup", () => world.Grain<ITechnicianGrain>(id.Value).Execute(new RegisterTechnician(id, World.Tenant, profile), null));
            await Retry("setup", () => world.Grain<ITechnicianGrain>(id.Value).Execute(new SetDuty(true), null));
        }
        foreach (ServicePointId id in world.Points)
            await Retry("setup", () => world.Grain<IServicePointGrain>(id.Value).Execute(new DefineServicePoint(id, World.Tenant, PointProfile(id), Bookers.PointStock), null));
    }

    /// <summary>A bench with few places, open every hour of every day, and parts enough for a while.</summary>
    private ServicePointProfile PointProfile(ServicePointId id) => new(
        id.Value, World.Zone, world.PlaceNear(), [World.Zone], ["Sony"], [new("phone", 1)], new OpeningHours(new TimeOnly(0, 0), new TimeOnly(23, 59), "UTC", []),
        [new BenchCapacity("phone", world.Size.PerDay + (world.Planted == Planted.OneBenchTooMany ? 1 : 0))]);

    /// <summary>What the sweep of a host does, from the outside: wakes whatever its stored record says is due.</summary>
    /// <param name="messages">Not worth it where thousands of messages go well and nobody asks for them.</param>
    public Task Sweeps(bool messages = true) => Live("sweep", async () =>
    {
        await Sweep(messages);
        await world.Wait(world.Size.Sweep);
    }, untilRest: false);

    /// <summary>A host that starts sweeps at once, and takes what a dead one may have left behind for due.</summary>
    public Task SweepsAtStarts() => Live("sweep", async () =>
    {
        await world.NextStart();
        for (int round = 0; round < 4; round++)
        {
            await Sweep(messages: true);
            await world.Wait(TimeSpan.FromSeconds(0.5));
        }
    }, untilRest: false);

    private async Task Sweep(bool messages)
    {
        await Task.WhenAll(world.DueNow().Select(due => Try(() => Wake(due.State, due.Id, messages))));
        await Try(() => world.Grain<IZoneGrain>(World.Zone.Value, "sweep").Wake());
    }

    private Task Wake(string state, string id, bool messages) => state switch
    {
        "job" => world.Grain<IJobGrain>(id, "sweep").Wake(),
        "technician" => world.Grain<ITechnicianGrain>(id, "sweep").Wake(),
        "intent" => world.Grain<IIntentGrain>(id, "sweep").Wake(),
        "point" => world.Grain<IServicePointGrain>(id, "sweep").Wake(),
        "programme" => world.Grain<IProgrammeGrain>(id, "sweep").Wake(),
        "device" => world.Grain<IDeviceGrain>(id, "sweep").Wake(),
        "callback" => world.Grain<ICallBackGrain>(id, "sweep").Wake(),
        _ when !messages => Task.CompletedTask,
        _ => world.Grain<IMessageGrain>(id, "sweep").Wake(),
    };

    /// <summary>Visits, a few of them for a desk to triage, some for parts that no van has.</summary>
    public Task Customers(int requests, TimeSpan over)
    {
        int filed = 0;
        return Live("customers", async () =>
        {
            if (filed++ >= requests)
            {
                await world.Wait(TimeSpan.FromMinutes(1));
                return;
            }
            Operation operation = NewOperation("customer");
            JobId id = JobId.Derive(World.Tenant, operation.Id);
            world.Know(id);
            DateTimeOffset from = Now.AddMinutes(world.Random.Next(60));
            string part = world.Random.Chance(0.1) ? "camera" : "screen";
            ServiceNeeds needs = ServiceNeeds.Of([new("phone", 1)], [], [new(part, world.Random.Next(2))], TimeSpan.FromMinutes(10 + world.Random.Next(20)));
            RequestJob request = new(id, World.Tenant, World.Zone,
                new JobRequest("screen", world.PlaceNear(), [new(from, from.AddHours(2))], world.Random.Chance(0.1) ? Severity.Urgent : Severity.Regular, null, null),
                world.Random.Chance(0.15) ? null : needs);
            await Ask(id, request, operation, "customers");
            await world.Wait(Random(over * 0.8 / requests * 2));
        });
    }

    /// <summary>Says what jobs need that came without, and sometimes says it again.</summary>
    public Task Desk() => Live("desk", async () =>
    {
        await world.Wait(TimeSpan.FromMinutes(2 + world.Random.Next(4)));
        if (Seen(s => s.Status == JobStatus.Requested) is not { } job)
            return;
        ServiceNeeds needs = ServiceNeeds.Of([new("phone", 1)], [], [], TimeSpan.FromMinutes(10 + world.Random.Next(20)));
        await Ask(job, new TriageJob(needs), NewOperation("desk"), "desk");
        if (world.Random.Chance(0.3))
            await Ask(job, new TriageJob(needs with { Service = TimeSpan.FromMinutes(15) }), NewOperation("desk"), "desk");
    });

    /// <summary>A quote for a screen and work, for so long as a busy morning lets anybody wait; its note says which operation gave it.</summary>
    public GiveQuote Quote(TechnicianId? technician, ServicePointId? point, Epoch? epoch, Operation operation) => new(
        technician, point, epoch, new QuoteTerms([new(QuoteLineKind.Labour, null, 30, 12_000, 6_000, null), new(QuoteLineKind.Part, "screen", 1, 68_000, 68_000, null)], "CNY", "2026-1", 12_000, operation.Id.Value),
        TimeSpan.FromMinutes(5 + world.Random.Next(10)));

    /// <summary>Customers who have a quote say yes, say no, say something about an older one, or nothing at all.</summary>
    public Task Answers()
    {
        HashSet<(JobId, int)> decided = [];
        return Live("answers", async () =>
        {
            await world.Wait(TimeSpan.FromSeconds(20 + world.Random.Next(60)));
            foreach (JobId id in world.Jobs.ToArray())
            {
                if (world.Peek(id)?.State is not { Quote: { Status: QuoteStatus.Open } quote } || !decided.Add((id, quote.Number)))
                    continue;
                int mood = world.Random.Next(8);
                if (mood == 0)
                    await Ask(id, new AnswerQuote(null, null, quote.Number - 1, true, QuoteAnswerer.Customer), NewOperation("customer"), "customers");
                if (mood < 6)
                    await Ask(id, new AnswerQuote(null, null, quote.Number, mood > 2, QuoteAnswerer.Customer), NewOperation("customer"), "customers");
            }
        });
    }

    public Task Dispatcher() => Live("dispatcher", async () =>
    {
        await world.Wait(TimeSpan.FromSeconds(30 + world.Random.Next(240)));
        if (world.Jobs.Count == 0)
            return;
        // Now and then where it is rare to be, so that every state is met by every command.
        JobStatus wanted = (JobStatus)world.Random.Next((int)JobStatus.Cancelled);
        JobId job = (world.Random.Chance(0.5) ? Seen(s => s.Status == wanted) : null) ?? world.Jobs[world.Random.Next(world.Jobs.Count)];
        Operation operation = NewOperation("dispatcher");
        JobCommand command = world.Random.Next(8) switch
        {
            0 or 1 => new ReassignJob(world.Random.Chance(0.5) ? Somebody() : null, operation.Id.Value, null),
            2 => new CancelJob(operation.Id.Value),
            3 => new RescheduleJob([new(Now, Now.AddHours(2))], null),
            4 => new CloseJob(null, EpochSeen(job), Now),
            _ => ByHand(job),
        };
        await Ask(job, command, operation, "dispatcher");
        if (world.Technicians.Select(t => world.Peek(t)?.State).FirstOrDefault(t => t?.DepotCall is { Status: DepotCallStatus.Ordered }) is { } sent && world.Random.Chance(0.2))
            await Try(() => world.Grain<ITechnicianGrain>(sent.Id.Value, "dispatcher").Execute(new CancelDepotCall(sent.DepotCall!.Number), null));
        if (world.Random.Chance(0.3) && world.Messages.Count > 0 && world.Messages.FirstOrDefault(m => world.Peek(m)?.State?.Status == MessageStatus.Failed) is { Value: not null } failed)
            await Try(() => world.Grain<IMessageGrain>(failed.Value, "dispatcher").Execute(new ResendMessage(), null));
    });

    /// <summary>An offer to one or two by hand, on whatever the list showed.</summary>
    private OfferJob ByHand(JobId job)
    {
        DateTimeOffset start = Now.AddMinutes(world.Random.Next(30));
        Visit visit = new(start, start, start, start.AddMinutes(20));
        ImmutableArray<Candidate> candidates = [.. new[] { Somebody(), Somebody() }.Distinct().Select(t => new Candidate(t, visit))];
        return new OfferJob(EpochSeen(job), candidates, Now.AddMinutes(2), candidates.Length == 1 && world.Random.Chance(0.5));
    }

    /// <summary>What a list shows may be older than what is.</summary>
    private Epoch EpochSeen(JobId job) => world.Peek(job)?.State?.Epoch is { } epoch && !(world.Random.Chance(0.1) && epoch > Epoch.Zero) ? epoch : Epoch.Zero;

    private JobId? Seen(Func<JobState, bool> fits)
    {
        if (world.Jobs.Count == 0)
            return null;
        int from = world.Random.Next(world.Jobs.Count);
        for (int i = 0; i < world.Jobs.Count; i++)
            if (world.Peek(world.Jobs[(from + i) % world.Jobs.Count])?.State is { } state && fits(state))
                return state.Id;
        return null;
    }

    private TechnicianId Somebody() => world.Technicians[world.Random.Next(world.Technicians.Length)];

    public TimeSpan Random(TimeSpan longest) => TimeSpan.FromMilliseconds(world.Random.Next((int)longest.TotalMilliseconds + 1));

    public Operation NewOperation(string by)
    {
        string id = $"op-{by}-{++operations}";
        return new Operation(new OperationId(id), id, by);
    }

    /// <summary>Repeats until there is an answer, as a phone does; null if none came for long. Sometimes it does not trust the answer and asks again.</summary>
    public async Task<JobReply?> Ask(JobId job, JobCommand command, Operation operation, string client)
    {
        JobHistory.Entry entry = world.History.Asked(job, command, operation);
        if (await Retry(client, () => world.Grain<IJobGrain>(job.Value, client).Execute(command, operation)) is not { } reply)
            return null;
        world.History.Answered(entry, reply);
        if (world.Random.Chance(world.Chances.Repeat) && await Retry(client, () => world.Grain<IJobGrain>(job.Value, client).Execute(command, operation)) is { } again)
            world.History.AnsweredAgain(entry, again);
        return reply;
    }

    public async Task<T?> Retry<T>(string who, Func<Task<T>> ask) where T : class
    {
        for (int attempt = 0; attempt < 12; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception failure) when (failure is not ViolationException)
            {
                await world.Wait(TimeSpan.FromSeconds(1 + world.Random.Next(10)));
            }
        }
        return null;
    }

    public static async Task Try(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or OrleansException or InvalidOperationException or OperationCanceledException)
        {
            // Nobody is waiting for it; the next look does it again.
        }
    }

    public Task Live(string name, Func<Task> step, bool untilRest = true) => world.Simulation.Begin(async () =>
    {
        try
        {
            while (!(resting && untilRest))
                await step();
        }
        catch (ViolationException violation)
        {
            world.Fail(violation);
        }
    });
}
