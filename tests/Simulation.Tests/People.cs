using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
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

    private DateTimeOffset Now => world.Simulation.Clock.GetUtcNow();

    public void Rest() => resting = true;

    public async Task SetUp()
    {
        await Retry("setup", () => world.Grain<IZoneGrain>(World.Zone.Value).Execute(
            new DefineZone(World.Zone, World.Tenant, "north", [new(120.8, 30.8), new(121.2, 30.8), new(121.2, 31.2), new(120.8, 31.2)], null), null));
        foreach (TechnicianId id in world.Technicians)
        {
            TechnicianProfile profile = new(id.Value, World.Zone, world.PlaceNear(), new TimeWindow(world.Start, world.Start.AddHours(10)), [new("phone", 1)], [], [new("screen", 4)]);
            await Retry("setup", () => world.Grain<ITechnicianGrain>(id.Value).Execute(new RegisterTechnician(id, World.Tenant, profile), null));
            await Retry("setup", () => world.Grain<ITechnicianGrain>(id.Value).Execute(new SetDuty(true), null));
        }
        foreach (ServicePointId id in world.Points)
            await Retry("setup", () => world.Grain<IServicePointGrain>(id.Value).Execute(new DefineServicePoint(id, World.Tenant, PointProfile(id), [new("screen", 1_000)]), null));
    }

    /// <summary>A bench with few places, open every hour of every day, and parts enough for a while.</summary>
    private ServicePointProfile PointProfile(ServicePointId id) => new(
        id.Value, World.Zone, world.PlaceNear(), [World.Zone], ["Sony"], [new("phone", 1)], new OpeningHours(new TimeOnly(0, 0), new TimeOnly(23, 59), "UTC", []),
        [new BenchCapacity("phone", world.Size.PerDay)]);

    /// <summary>What the sweep of a host does, from the outside: wakes whatever its stored record says is due.</summary>
    /// <param name="messages">Not worth it where thousands of messages go well and nobody asks for them.</param>
    public Task Sweeps(bool messages = true) => Live("sweep", async () =>
    {
        long now = Now.ToUnixTimeMilliseconds();
        foreach (JobId job in world.Jobs.ToArray())
            if (world.DueAt<IJobGrain>(job.Value, "job") <= now)
                await Try(() => world.Grain<IJobGrain>(job.Value, "sweep").Wake());
        foreach (TechnicianId technician in world.Technicians)
            if (world.DueAt<ITechnicianGrain>(technician.Value, "technician") <= now)
                await Try(() => world.Grain<ITechnicianGrain>(technician.Value, "sweep").Wake());
        foreach (ServicePointId point in world.Points)
            if (world.DueAt<IServicePointGrain>(point.Value, "point") <= now)
                await Try(() => world.Grain<IServicePointGrain>(point.Value, "sweep").Wake());
        foreach (MessageId message in messages ? world.Messages.ToArray() : [])
            if (world.DueAt<IMessageGrain>(message.Value, "message") <= now)
                await Try(() => world.Grain<IMessageGrain>(message.Value, "sweep").Wake());
        await Try(() => world.Grain<IZoneGrain>(World.Zone.Value, "sweep").Wake());
        await world.Wait(world.Size.Sweep);
    }, untilRest: false);

    public Task Customers(int requests)
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
            RequestJob request = new(id, World.Tenant, World.Zone,
                new JobRequest("screen", world.PlaceNear(), [new(from, from.AddHours(2))], Severity.Regular, null, null),
                ServiceNeeds.Of([new("phone", 1)], [], [new("screen", world.Random.Next(2))], TimeSpan.FromMinutes(10 + world.Random.Next(20))));
            await Ask(id, request, operation, "customers");
            if (world.Random.Chance(0.1))
                await Ask(id, request, operation, "customers");
            await world.Wait(TimeSpan.FromMinutes(world.Random.Next(8)));
        });
    }

    public Task Dispatcher() => Live("dispatcher", async () =>
    {
        await world.Wait(TimeSpan.FromMinutes(1 + world.Random.Next(6)));
        if (world.Jobs.Count == 0)
            return;
        JobId job = world.Jobs[world.Random.Next(world.Jobs.Count)];
        JobCommand command = world.Random.Next(5) switch
        {
            0 => new ReassignJob(world.Random.Chance(0.5) ? Somebody() : null, "closer", null),
            1 => new CancelJob("customer called"),
            2 => new RescheduleJob([new(Now, Now.AddHours(2))], null),
            _ => await ByHand(job),
        };
        await Ask(job, command, NewOperation("dispatcher"), "dispatcher");
    });

    public Task Technician(TechnicianId me)
    {
        long last = 0;
        return Live(me.Value, async () =>
        {
            foreach (SequencedEvent seen in world.Feeds.ReadNow(Streams.Technician(me), last, 100))
            {
                last = seen.Seq;
                if (seen.Type == "job.offered")
                    await Answer(me, JsonNode.Parse(seen.Data)!);
            }
            await world.Wait(TimeSpan.FromSeconds(1 + world.Random.Next(20)));
        });
    }

    private async Task Answer(TechnicianId me, JsonNode offer)
    {
        JobId job = new(offer["jobId"]!.GetValue<string>());
        Epoch epoch = new(offer["epoch"]!.GetValue<long>());
        // Sometimes in the last moment or after it, sometimes never.
        await world.Wait(TimeSpan.FromSeconds(world.Random.Next(4) == 0 ? 90 + world.Random.Next(240) : world.Random.Next(40)));
        int mood = world.Random.Next(10);
        if (mood == 0)
            return;
        if (mood == 1)
        {
            await Ask(job, new DeclineOffer(me, epoch, "too_far"), NewOperation(me.Value), me.Value);
            return;
        }
        if (await Ask(job, new AcceptOffer(me, epoch), NewOperation(me.Value), me.Value) is not { Refusal: null, Job: { } answer })
            return;
        world.Judge.Accepted(job, epoch, me, answer);
        JobCommand[] steps =
        [
            new Depart(me, epoch, Now), new Arrive(me, epoch, Now), new CompleteRepair(me, epoch, Now, RepairOutcome.Repaired, null, null),
            new SignAcceptance(me, epoch, Now, "digest"), new CloseJob(me, epoch, Now),
        ];
        foreach (JobCommand step in steps)
        {
            await world.Wait(TimeSpan.FromSeconds(world.Random.Next(300)));
            if (await Ask(job, step, NewOperation(me.Value), me.Value) is not { Refusal: null })
                return;
        }
    }

    /// <summary>An offer to one or two by hand, on whatever the dispatcher last saw.</summary>
    private async Task<JobCommand> ByHand(JobId job)
    {
        VersionedJob? seen = null;
        await Try(async () => seen = await world.Grain<IJobGrain>(job.Value, "dispatcher").Get());
        DateTimeOffset start = Now.AddMinutes(world.Random.Next(30));
        Visit visit = new(start, start, start, start.AddMinutes(20));
        ImmutableArray<Candidate> candidates = [.. new[] { Somebody(), Somebody() }.Distinct().Select(t => new Candidate(t, visit))];
        return new OfferJob(seen?.State.Epoch ?? Epoch.Zero, candidates, Now.AddMinutes(2), candidates.Length == 1 && world.Random.Chance(0.5));
    }

    private TechnicianId Somebody() => world.Technicians[world.Random.Next(world.Technicians.Length)];

    public Operation NewOperation(string by)
    {
        string id = $"op-{by}-{++operations}";
        return new Operation(new OperationId(id), id, by);
    }

    /// <summary>Repeats until there is an answer, as a phone does; null if none came for long.</summary>
    public async Task<JobReply?> Ask(JobId job, JobCommand command, Operation operation, string client)
    {
        JobReply? reply = await Retry(client, () => world.Grain<IJobGrain>(job.Value, client).Execute(command, operation));
        if (reply is { Refusal: null, Job: { } answer })
            world.Judge.Acknowledged(job, answer.Version);
        return reply;
    }

    private async Task<T?> Retry<T>(string who, Func<Task<T>> ask) where T : class
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

    private static async Task Try(Func<Task> ask)
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
