using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians.Patches;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Intents;

/// <inheritdoc cref="IIntentGrain"/>
public sealed partial class IntentGrain(
    IGrainContext context,
    [PersistentState("intent", "dispatch")] IPersistentState<GrainRecord<IntentState, IntentReply, GrainMessage>> record,
    AggregateServices services)
    : AggregateGrain<IntentState, IntentEvent, IntentReply>(context, record, services), IIntentGrain
{
    private readonly ILogger log = services.Logs.CreateLogger("Dispatch.Grains.IntentGrain");

    protected override string StateName => "intent";

    private IIntentGrain Self => GrainFactory.GetGrain<IIntentGrain>(this.GetPrimaryKeyString());

    public Task<IntentReply> Execute(IntentCommand command, Operation? operation) =>
        Answer(operation, now => IntentDecider.Decide(Current, new IntentId(Id), command, now, Clock.Speed));

    public Task<VersionedIntent?> Get() => Task.FromResult(Current is { } intent ? new VersionedIntent(intent, Version) : null);

    /// <summary>
    /// Beside the turns: it writes nothing itself, but asks this same grain for turns that do. So a job that stands still for this change, and is asked for something else
    /// meanwhile, gets its answer from <see cref="Execute"/> while this waits for that job.
    /// </summary>
    public async Task<IntentReply> Apply(OpenIntent intent, Operation? operation)
    {
        IntentReply opened = await Self.Execute(intent, operation);
        if (opened.Refusal is not null)
            return opened;
        // A repeated operation answers as the first time; what has become of it since, and what it wants if that was reckoned anew, says the state.
        VersionedIntent seen = await Self.Get() ?? throw Undecided();
        if (seen.State.Status != IntentStatus.Open)
            return new IntentReply(null, seen);
        IntentReply decided = await Self.Execute(await Park(seen.State) is { } no ? new WithdrawIntent(no) : new CommitIntent(), null);
        // Somebody else may have decided it meanwhile; then that is the answer, and no refusal.
        return decided.Intent is { State.Status: not IntentStatus.Open } done ? new IntentReply(null, done) : throw Undecided();
    }

    /// <summary>An activation that is behind has answered: the outcome is not known, and the same operation may be repeated.</summary>
    private OutcomeUnknownException Undecided() => new($"{this.GetPrimaryKeyString()} does not know what it was asked");

    public async Task Wake()
    {
        Sweep();
        EndIfOutdated();
        if (Current is { Status: IntentStatus.Open } intent && Clock.GetUtcNow() >= intent.DecideBy)
            await Execute(new WithdrawIntent(IntentRefusals.Expired(intent.Id, intent.DecideBy)), null);
    }

    /// <summary>
    /// Jobs first, so that what they take can no longer change, then technicians; in the order of ids. Everything asked here may be asked again.
    /// </summary>
    /// <returns>The first refusal; null once everybody stands still.</returns>
    private async Task<Refusal?> Park(IntentState intent)
    {
        SortedDictionary<JobId, JobState> jobs = [];
        foreach (JobMove move in RoutePatches.InOrder(intent.Moves))
        {
            IJobGrain job = GrainFactory.GetGrain<IJobGrain>(GrainKeys.Of(Tenant, move.Job.Value));
            (Refusal? refusal, VersionedJob? parked) = await Ask(intent, move.Job.Value, async () =>
                ((await job.Execute(RoutePatches.Park(move, intent.Id, intent.DecideBy, intent.Overrules), null)).Refusal, await job.Get()));
            if (refusal is not null)
                return refusal;
            if (parked?.State is not { Parked: { } by } state || by.Intent != intent.Id)
                return IntentRefusals.NoAnswer(intent.Id, move.Job.Value);
            jobs[move.Job] = state;
        }
        foreach (RoutePatch patch in RoutePatches.Of(intent.Moves))
        {
            ITechnicianGrain technician = GrainFactory.GetGrain<ITechnicianGrain>(GrainKeys.Of(Tenant, patch.Technician.Value));
            ParkPatch command = RoutePatches.Park(patch, intent.Id, intent.DecideBy, jobs);
            (Refusal? refusal, _) = await Ask(intent, patch.Technician.Value, async () => ((await technician.Execute(command, null)).Refusal, (object?)null));
            if (refusal is not null)
                return refusal;
        }
        return null;
    }

    /// <summary>Asks once more where there was no answer: a reply that was lost, an activation that ended. Then that is the answer.</summary>
    private async Task<(Refusal? Refusal, T? Seen)> Ask<T>(IntentState intent, string whom, Func<Task<(Refusal?, T?)>> ask) where T : class
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNoAnswer(log, failure, intent.Id.Value, whom, attempt);
                if (attempt == 2 || Clock.GetUtcNow() >= intent.DecideBy)
                    return (IntentRefusals.NoAnswer(intent.Id, whom), null);
            }
        }
    }

    protected override IntentState Apply(IntentState? state, IntentEvent fact, DateTimeOffset now) => IntentDecider.Apply(state, fact);

    /// <summary>None of its own: technicians and jobs say in theirs what became of it.</summary>
    protected override ImmutableArray<string> StreamsOf(IntentState? before, IntentState after, IntentEvent fact) => [];

    /// <summary>Technicians before jobs: a job that says who has it finds the time in their ledger.</summary>
    protected override ImmutableArray<GrainMessage> MessagesOf(IntentState? before, IntentState after, IntentEvent fact)
    {
        if (fact is IntentOpened)
            return [];
        bool committed = fact is IntentCommitted;
        return
        [
            .. RoutePatches.Of(after.Moves).Select(patch => new TellTechnician(patch.Technician, new SettlePatch(after.Id, committed, patch.Holds))),
            .. RoutePatches.InOrder(after.Moves).Select(move => new TellJob(move.Job, new SettleMove(after.Id, committed))),
        ];
    }

    protected override DateTimeOffset? DueOf(IntentState state) => state.Status == IntentStatus.Open ? state.DecideBy : null;

    protected override IntentReply ReplyOf(Refusal? refusal, IntentState? state, long version) => new(refusal, state is null ? null : new VersionedIntent(state, version));

    protected override ViewRow ViewOf(IntentState state, long version) => new(
        "intent", state.Id.Value, state.Zone.Value, EventJson.Word(state.Status), state.Status == IntentStatus.Open, null, state.OpenedAt, version,
        JsonSerializer.Serialize(state, StorageJson.Options), state.Id.Value);

    protected override FeedEntry EntryOf(IntentState after, IntentEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("planChangeId", after.Id.Value), ("status", EventJson.Word(after.Status)), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plan change {Intent}: no answer from {Whom}, attempt {Attempt}")]
    private static partial void LogNoAnswer(ILogger log, Exception failure, string intent, string whom, int attempt);
}
