using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Grains.Tests.LostReplies;

/// <summary>What came of a run.</summary>
/// <param name="Calls">Calls that arrived at the grains, repetitions included.</param>
/// <param name="Lost">Replies thrown away, one of every command.</param>
/// <param name="NewActivations">Of these, those that took their activation with them.</param>
/// <param name="Denied">Writes that the store had made and denied.</param>
/// <param name="OtherAnswers">Commands that were not given one and the same answer each time.</param>
/// <param name="WrongEffects">Things whose events are not exactly those of their commands, once each.</param>
public sealed record RetryFigures(int Commands, int Calls, int Lost, int NewActivations, int Denied, int OtherAnswers, int WrongEffects)
{
    public int Faults => OtherAnswers + WrongEffects + (Lost == Commands ? 0 : 1);
}

/// <summary>
/// Commands at the production grains whose first reply never arrives. Each is repeated until it is answered, some by several at once; then the host is restarted and each is sent once more,
/// long after those that followed it. Technicians go on and off duty and jobs are put off and cancelled, so that a repetition taken for a new command would show.
/// </summary>
public sealed class RetriedCommands
{
    private const int AtOnce = 256, Zones = 16;
    private static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], [], [], TimeSpan.FromMinutes(30));

    private readonly DispatchSilo silo;
    private readonly bool keepsKeys;
    private readonly DateTimeOffset noon = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
    private readonly ConcurrentDictionary<int, string> answers = [];
    private readonly ConcurrentDictionary<int, bool> otherAnswers = [];
    private readonly List<Thing> things = [];
    private int keys;

    /// <summary>A technician or a job, its commands, and the types of events that they make.</summary>
    private sealed record Thing(string Stream, ImmutableArray<(int Number, Func<Operation, Task<object>> Send)> Commands, ImmutableArray<string> Events);

    private RetriedCommands(DispatchSilo silo, int commands, bool keepsKeys)
    {
        (this.silo, this.keepsKeys) = (silo, keepsKeys);
        for (int made = 0, i = 0; made < commands; made += things[^1].Commands.Length, i++)
            things.Add(i % 2 == 0 ? Technician(i, made, commands - made) : Job(i, made, commands - made));
    }

    /// <param name="keepsKeys">Whether a repetition comes under the key of its first attempt, as it has to.</param>
    public static async Task<RetryFigures> Run(DispatchSilo silo, int commands, bool keepsKeys)
    {
        LostReplies losses = new();
        ForgetfulStorage? storage = null;
        int denied = 0;
        silo.Rigged = services =>
        {
            services.AddSingleton<IIncomingGrainCallFilter>(losses);
            ServiceDescriptor real = services.Last(s => s.ServiceType == typeof(IGrainStorage) && Equals(s.ServiceKey, StorageServices.GrainStorageName));
            services.AddKeyedSingleton<IGrainStorage>(StorageServices.GrainStorageName, (provider, key) =>
            {
                denied += storage?.Denied ?? 0;
                return storage = new ForgetfulStorage((IGrainStorage)real.KeyedImplementationFactory!(provider, key));
            });
        };
        await silo.InitializeAsync();
        RetriedCommands run = new(silo, commands, keepsKeys);
        await run.InTurn(async thing =>
        {
            foreach ((int number, Func<Operation, Task<object>> send) in thing.Commands)
                await Task.WhenAll(Enumerable.Range(0, number % 4 == 2 ? 3 : 1).Select(_ => run.UntilAnswered(number, send)));
        });
        await silo.Restart();
        await run.InTurn(thing => Task.WhenAll(thing.Commands.Select(command => run.UntilAnswered(command.Number, command.Send))));
        int wrong = 0;
        await run.InTurn(async thing =>
        {
            if (!await run.IsRight(thing))
                Interlocked.Increment(ref wrong);
        });
        return new RetryFigures(commands, losses.Calls, losses.Lost, losses.Ended, denied + (storage?.Denied ?? 0), run.otherAnswers.Count, wrong);
    }

    private Task InTurn(Func<Thing, Task> each) =>
        Parallel.ForEachAsync(things, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (thing, _) => await each(thing));

    /// <summary>Whoever does not know what became of a command sends the same again.</summary>
    private async Task UntilAnswered(int number, Func<Operation, Task<object>> send)
    {
        for (int attempt = 0; attempt < 50; attempt++)
        {
            string key = keepsKeys ? $"retried-{number}" : $"retried-{number}-{Interlocked.Increment(ref keys)}";
            try
            {
                string answer = JsonSerializer.Serialize(await send(new Operation(new OperationId(key), "retried", LostReplies.By(number))), StorageJson.Options);
                if (answers.GetOrAdd(number, answer) != answer)
                    otherAnswers[number] = true;
                return;
            }
            catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
            {
                // The outcome is not known; the same command again finds out.
            }
        }
        throw new TimeoutException($"Command {number} was not answered in 50 attempts");
    }

    /// <summary>The stream holds the expected events once each, and the thing has no more versions than that.</summary>
    private async Task<bool> IsRight(Thing thing)
    {
        ImmutableArray<SequencedEvent> events = [];
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(50));
        for (int look = 0; look < 600 && events.Length < thing.Events.Length; look++)
        {
            if (look > 0)
                await again.WaitForNextTickAsync();
            events = await silo.Feeds.Read(DispatchSilo.Tenant, thing.Stream, 0, 1000);
        }
        string id = thing.Stream[(thing.Stream.IndexOf('/') + 1)..];
        long version = thing.Stream[0] == 't' ? (await silo.Technician(new TechnicianId(id)).Get())!.Version : (await silo.Job(new JobId(id)).Get())!.Version;
        return version == thing.Events.Length
            && events.Select(e => e.Type).SequenceEqual(thing.Events)
            && events.Select(e => e.Number).SequenceEqual(Enumerable.Range(1, events.Length).Select(n => (long)n));
    }

    private Thing Technician(int i, int first, int most)
    {
        TechnicianId id = new($"tech_r{i}");
        TechnicianProfile profile = new(id.Value, Zone(i), DispatchSilo.Centre, new TimeWindow(noon.AddHours(-1), noon.AddDays(2)), [new("phone", 1)], [], []);
        TechnicianCommand[] commands = [new RegisterTechnician(id, DispatchSilo.Tenant, profile), .. Enumerable.Range(0, 9).Select(n => new SetDuty(n % 2 == 0))];
        return Of(Streams.Technician(id), first, most, commands.Select((command, n) => (
            (Func<Operation, Task<object>>)(async operation => await silo.Technician(id).Execute(command, operation)), n == 0 ? (string[])["technician.registered"] : ["technician.dutyChanged"])));
    }

    /// <summary>One of the commands is refused, and stays so.</summary>
    private Thing Job(int i, int first, int most)
    {
        JobId id = new($"job_r{i}");
        JobRequest request = new("screen", new Place(121.02, 31.01), [new(noon, noon.AddHours(8))], Severity.Regular, null, null);
        (JobCommand, string[])[] commands =
        [
            (new RequestJob(id, DispatchSilo.Tenant, Zone(i), request, Needs), ["job.requested", "job.triaged", "job.queued"]),
            (new RescheduleJob([new(noon.AddHours(24), noon.AddHours(30))], null), ["job.rescheduled"]),
            (new RescheduleJob([new(noon.AddHours(48), noon.AddHours(60))], null), ["job.rescheduled"]),
            (new AcceptOffer(new TechnicianId("tech_nobody"), new Epoch(7)), []),
            (new CancelJob("changed_mind"), ["job.cancelled"]),
        ];
        return Of(Streams.Job(id), first, most, commands.Select(command => ((Func<Operation, Task<object>>)(async operation => await silo.Job(id).Execute(command.Item1, operation)), command.Item2)));
    }

    private static Thing Of(string stream, int first, int most, IEnumerable<(Func<Operation, Task<object>> Send, string[] Events)> commands)
    {
        var taken = commands.Take(most).ToArray();
        return new Thing(stream, [.. taken.Select((command, n) => (first + n, command.Send))], [.. taken.SelectMany(command => command.Events)]);
    }

    private static ZoneId Zone(int i) => new($"zone_r{i % Zones}");
}
