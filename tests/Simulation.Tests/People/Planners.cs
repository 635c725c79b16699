using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Who moves accepted work between technicians: exchanges, moves, other times, back into the queue; on what they last saw, sometimes on what they saw before that, sometimes
/// without staying for the answer, and while others step in between.
/// </summary>
internal sealed class Planners(World world, People people)
{
    private const string Client = "planner";

    private IntentJudge Judge => world.Intents;

    private DateTimeOffset Now => world.Now;

    /// <summary>A dispatcher who changes the plan every few minutes.</summary>
    public Task Swapper() => people.Live(Client, async () =>
    {
        await world.Wait(TimeSpan.FromSeconds(60 + world.Random.Next(240)));
        JobState[] seen = Look();
        if (Moves(seen) is not { IsEmpty: false } moves)
            return;
        if (world.Random.Chance(0.1))
            moves = moves.SetItem(0, moves[0] with { Epoch = new Epoch(Math.Max(0, moves[0].Epoch.Value + (world.Random.Chance(0.5) ? 1 : -1))) });
        await Change(moves);
    });

    private async Task Change(ImmutableArray<JobMove> moves)
    {
        Operation operation = people.NewOperation(Client);
        IntentId id = IntentId.Derive(World.Tenant, operation.Id);
        OpenIntent intent = new(id, World.Tenant, World.Zone, moves, "closer", Overrules: world.Random.Chance(0.5), TimeSpan.FromSeconds(2 + world.Random.Next(30)));
        Judge.Know(id);
        if (world.Random.Chance(0.1))
        {
            await Once(() => world.Grain<IIntentGrain>(id.Value, Client).Execute(intent, operation));
            return;
        }
        Task meddling = world.Random.Chance(0.4) ? Meddle(moves) : Task.CompletedTask;
        IntentReply? reply = null;
        for (int attempt = world.Random.Chance(0.1) ? 7 : 0; reply is null && attempt < 8; attempt++)
        {
            if (attempt > 0)
                await world.Wait(TimeSpan.FromSeconds(1 + world.Random.Next(10)));
            reply = await Once(() => world.Grain<IIntentGrain>(id.Value, Client).Apply(intent, operation));
        }
        await meddling;
        if (reply is not { Refusal: null, Intent.State: { } state })
            return;
        Judge.Told(id, state.Status);
        if (state.Status == IntentStatus.Committed)
            foreach (JobMove move in moves.Where(m => m.To is not null))
                await Work(move);
    }

    /// <summary>Something that a person does to one of the jobs while the change is under way.</summary>
    private async Task Meddle(ImmutableArray<JobMove> moves)
    {
        await world.Wait(TimeSpan.FromMilliseconds(world.Random.Next(3000)));
        JobMove move = moves[world.Random.Next(moves.Length)];
        Operation operation = people.NewOperation("meddler");
        JobCommand command = world.Random.Next(4) switch
        {
            0 => new CancelJob(operation.Id.Value),
            1 => new ReassignJob(null, operation.Id.Value, null),
            2 => new RescheduleJob([new(Now, Now.AddHours(2))], null),
            _ => move.From is { } technician ? new Depart(technician, move.Epoch, Now) : new ReassignJob(world.Technicians[0], operation.Id.Value, null),
        };
        await people.Ask(move.Job, command, operation, "meddler");
    }

    /// <summary>The phone of whoever has gained the job: sets off, sometimes.</summary>
    private async Task Work(JobMove move)
    {
        if (!world.Random.Chance(0.3) || move.To is not { } technician)
            return;
        await world.Wait(TimeSpan.FromSeconds(world.Random.Next(60)));
        foreach (Func<Operation, JobCommand> step in new Func<Operation, JobCommand>[]
        {
            _ => new Depart(technician, move.Epoch.Next, Now), _ => new Arrive(technician, move.Epoch.Next, Now),
            o => new CompleteRepair(technician, move.Epoch.Next, Now, RepairOutcome.Repaired, null, o.Id.Value),
        })
        {
            Operation operation = people.NewOperation(Client);
            if (await people.Ask(move.Job, step(operation), operation, technician.Value) is not { Refusal: null })
                return;
        }
    }

    private JobState[] Look()
    {
        List<JobState> seen = [];
        foreach (JobId id in world.Jobs)
            if (world.Peek(id) is { State: { Mode: ServiceMode.DoorToDoor, Status: JobStatus.Accepted or JobStatus.Queued, Needs: not null } job })
                seen.Add(job);
        return [.. seen];
    }

    private ImmutableArray<JobMove> Moves(JobState[] seen)
    {
        JobState[] held = [.. seen.Where(j => j.Assigned is not null)], waiting = [.. seen.Where(j => j.IsWaiting)];
        if (held.Length == 0)
            return [];
        JobState one = held[world.Random.Next(held.Length)];
        JobState? other = held.Where(j => j.Assigned != one.Assigned).OrderBy(_ => world.Random.Next(1000)).FirstOrDefault();
        return world.Random.Next(6) switch
        {
            0 => [To(one, world.Technicians[world.Random.Next(world.Technicians.Length)], one.Visit!.StartAt)],
            1 => [To(one, one.Assigned!.Value, one.Visit!.StartAt.AddMinutes(world.Random.Next(60)))],
            2 when waiting.Length > 0 => [To(waiting[0], one.Assigned!.Value, one.Visit!.StartAt), new JobMove(one.Id, one.Epoch, one.Assigned, null, null)],
            _ when other is not null => [To(one, other.Assigned!.Value, other.Visit!.StartAt), To(other, one.Assigned!.Value, one.Visit!.StartAt)],
            _ => [To(one, world.Technicians[world.Random.Next(world.Technicians.Length)], Now.AddMinutes(world.Random.Next(240)))],
        };
    }

    private static JobMove To(JobState job, TechnicianId technician, DateTimeOffset start) =>
        new(job.Id, job.Epoch, job.Assigned, technician, new Visit(start, start, start, start + job.Needs!.Service));

    /// <summary>Null where there was no answer.</summary>
    private static async Task<T?> Once<T>(Func<Task<T>> ask) where T : class?
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or OrleansException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }
}
