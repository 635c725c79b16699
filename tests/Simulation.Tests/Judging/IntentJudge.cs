using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Holds changes of plan against what must always be so: applied whole or not at all, decided once, never left standing. Shares no code with the grains but the shapes of
/// what they store.
/// </summary>
internal sealed class IntentJudge(World world)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);
    private readonly SortedDictionary<IntentId, IntentStatus?> intents = [];
    private readonly SortedSet<IntentId> decided = [];

    public int Checks { get; private set; }

    public IEnumerable<IntentId> Known => intents.Keys;

    public int Count(IntentStatus status) => intents.Keys.Count(id => Peek(id)?.State?.Status == status);

    /// <summary>What withdrew changes, and how often.</summary>
    public IEnumerable<string> Reasons => intents.Keys.Select(id => Peek(id)?.State?.Why?.Code).OfType<string>();

    /// <summary>Somebody is about to ask for it.</summary>
    public void Know(IntentId id) => intents.TryAdd(id, null);

    /// <summary>Whoever asked for it was told what became of it.</summary>
    public void Told(IntentId id, IntentStatus status)
    {
        if (status == IntentStatus.Open)
            throw new ViolationException($"{id}: somebody was told that it is neither committed nor withdrawn");
        if (intents[id] is { } before && before != status)
            throw new ViolationException($"{id}: somebody was told {before}, and then {status}");
        intents[id] = status;
    }

    /// <summary>After a durable write, or at any other moment.</summary>
    public void Written(string stateName, string id)
    {
        Checks++;
        if (stateName == "intent")
            IntentWritten(new IntentId(id));
        else if (stateName == "technician")
            TechnicianWritten(new TechnicianId(id));
        else if (stateName == "job")
            JobWritten(new JobId(id));
    }

    /// <summary>When faults have stopped and everything has had time to settle.</summary>
    public void AtRest()
    {
        foreach ((IntentId id, IntentStatus? told) in intents)
        {
            GrainRecord<IntentState, IntentReply, GrainMessage>? record = Peek(id);
            if (record?.State is not { } intent)
            {
                if (told is not null)
                    throw new ViolationException($"{id}: somebody was told {told}, and there is no such change");
                continue;
            }
            if (intent.Status == IntentStatus.Open && world.Now > intent.DecideBy + Grace)
                throw new ViolationException($"{id}: still open, long after {intent.DecideBy:u}");
            if (told is not null && told != intent.Status)
                throw new ViolationException($"{id}: somebody was told {told}, but it is {intent.Status}");
            if (!record.Outbox.IsEmpty)
                throw new ViolationException($"{id}: what became of it was never told");
            AppliedWholeOrNotAtAll(intent);
        }
        foreach (JobId id in world.Jobs)
            if (world.Peek(id)?.State?.Parked is { } parked)
                throw new ViolationException($"{id}: still stands still for {parked.Intent}, which is {Peek(parked.Intent)?.State?.Status}");
        foreach (TechnicianId id in world.Technicians)
            if (world.Peek(id)?.State?.Parked is { } patch)
                throw new ViolationException($"{id}: still keeps room for {patch.Intent}, which is {Peek(patch.Intent)?.State?.Status}");
    }

    /// <summary>At the moment it is committed, everybody concerned stands still for it, or has moved already because of it.</summary>
    private void IntentWritten(IntentId id)
    {
        if (Peek(id)?.State is not { Status: IntentStatus.Committed } intent || !decided.Add(id))
            return;
        foreach (JobMove move in intent.Moves)
            if (world.Peek(move.Job)?.State is not { } job || (job.Parked?.Intent != id && job.Epoch.Value <= move.Epoch.Value))
                throw new ViolationException($"{id}: committed, while {move.Job} does not stand still for it");
        foreach (TechnicianId technician in intent.Moves.SelectMany(m => new[] { m.From, m.To }).OfType<TechnicianId>().Distinct())
            if (world.Peek(technician)?.State is not { } t || (t.Parked?.Intent != id && Settlements(technician, id) is not [true]))
                throw new ViolationException($"{id}: committed, while {technician} keeps no room for it");
    }

    /// <summary>What is kept for a change overlaps with nothing that stays; nothing of a change is applied before it is committed.</summary>
    private void TechnicianWritten(TechnicianId id)
    {
        if (world.Peek(id) is not { State: { } technician } record)
            return;
        foreach (OutboxEntry<GrainMessage> entry in record.Outbox.Where(e => e.Event.Type == "technician.patchSettled"))
            IsDecided(id.Value, IntentOf(entry.Event), Committed(entry.Event));
        if (technician.Parked is not { } patch)
            return;
        Commitment[] after =
        [
            .. technician.Commitments.Where(c => c.Status != CommitmentStatus.Reserved && !patch.Releases.Contains(new SlotRef(c.Job, c.Epoch)) && patch.Additions.All(a => a.Job != c.Job)),
            .. patch.Additions,
        ];
        for (int i = 0; i < after.Length; i++)
            for (int j = i + 1; j < after.Length; j++)
                if (after[i].Visit.StartAt < after[j].Visit.FinishAt && after[j].Visit.StartAt < after[i].Visit.FinishAt)
                    throw new ViolationException($"{id}: {patch.Intent} would book double: {after[i]} and {after[j]}");
    }

    private void JobWritten(JobId id)
    {
        if (world.Peek(id) is not { State: { } } record)
            return;
        foreach (OutboxEntry<GrainMessage> entry in record.Outbox)
            if (entry.Event.Type is "job.moved" or "job.unparked")
                IsDecided(id.Value, IntentOf(entry.Event), entry.Event.Type == "job.moved");
    }

    private void IsDecided(string who, IntentId intent, bool committed)
    {
        if (Peek(intent)?.State?.Status is var status && status != (committed ? IntentStatus.Committed : IntentStatus.Withdrawn))
            throw new ViolationException($"{who}: takes {intent} for {(committed ? "committed" : "withdrawn")}, which is {status}");
    }

    private void AppliedWholeOrNotAtAll(IntentState intent)
    {
        bool committed = intent.Status == IntentStatus.Committed;
        foreach (JobMove move in intent.Moves)
        {
            FeedEntry[] history = [.. world.Feeds.Stream(Streams.Job(move.Job)).Select(e => e.Entry)];
            long[] moved = [.. history.Where(e => e.Type == "job.moved" && IntentOf(e) == intent.Id).Select(EpochOf)];
            if (move.To is not null ? !moved.SequenceEqual(committed ? [move.Epoch.Next.Value] : []) : moved.Length > 0)
                throw new ViolationException($"{intent.Id}: {intent.Status}, but {move.Job} was moved under [{string.Join(' ', moved)}]");
            if (committed && move.To is null && history.Count(e => e.Type == "job.withdrawn" && EpochOf(e) == move.Epoch.Next.Value) != 1)
                throw new ViolationException($"{intent.Id}: committed, but {move.Job} was not put back");
        }
        foreach (TechnicianId technician in intent.Moves.SelectMany(m => new[] { m.From, m.To }).OfType<TechnicianId>().Distinct())
        {
            bool[] settled = Settlements(technician, intent.Id);
            if (committed ? settled is not [true] : settled.Contains(true))
                throw new ViolationException($"{intent.Id}: {intent.Status}, but {technician} settled it as [{string.Join(' ', settled)}]");
        }
    }

    /// <summary>How often the technician settled this change and how, from the history and what is on its way there.</summary>
    private bool[] Settlements(TechnicianId technician, IntentId intent)
    {
        IEnumerable<FeedEntry> history = world.Feeds.Stream(Streams.Technician(technician)).Select(e => e.Entry);
        IEnumerable<FeedEntry> waiting = world.Peek(technician)?.Outbox.Select(e => e.Event) ?? [];
        return
        [
            .. history.Concat(waiting).Where(e => e.Type == "technician.patchSettled" && IntentOf(e) == intent).DistinctBy(e => e.Number).Select(Committed),
        ];
    }

    private static bool Committed(FeedEntry settled) => JsonNode.Parse(settled.Data)!["committed"]!.GetValue<bool>();

    private static long EpochOf(FeedEntry e) => JsonNode.Parse(e.Data)!["epoch"]!.GetValue<long>();

    private static IntentId IntentOf(FeedEntry e)
    {
        JsonNode data = JsonNode.Parse(e.Data)!;
        return new IntentId((data["planChangeId"] ?? data["patch"]!["planChangeId"])!.GetValue<string>());
    }

    private GrainRecord<IntentState, IntentReply, GrainMessage>? Peek(IntentId id) => world.Peek(id);
}
