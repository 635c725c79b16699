using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// What people asked of jobs and what they were told, with the times. Since every answer names the job's version, the order of the commands is given and only has to be checked: the
/// history of a job is linearizable if versions agree with real time and each answer with the state the events up to its version make.
/// </summary>
internal sealed class JobHistory(World world)
{
    private readonly List<Entry> entries = [];

    /// <param name="Asked">Order of the questions among all questions and answers.</param>
    internal sealed class Entry(JobId job, JobCommand command, Operation operation, long asked)
    {
        public JobId Job { get; } = job;
        public JobCommand Command { get; } = command;
        public Operation Operation { get; } = operation;
        public long Asked { get; } = asked;
        public long Answered { get; set; } = long.MaxValue;
        public JobReply? Reply { get; set; }
    }

    private long clock;

    public int Acknowledged { get; private set; }

    /// <summary>How many answers were compared with the first one to the same operation.</summary>
    public int Repeated { get; private set; }

    /// <summary>Whether somebody was told that there will be no such job.</summary>
    public bool WasRefused(JobId job) => entries.Exists(e => e.Job == job && e.Reply is { Refusal: not null, Job: null });

    public Entry Asked(JobId job, JobCommand command, Operation operation)
    {
        Entry entry = new(job, command, operation, ++clock);
        entries.Add(entry);
        return entry;
    }

    public void Answered(Entry entry, JobReply reply)
    {
        (entry.Answered, entry.Reply) = (++clock, reply);
        Acknowledged++;
    }

    public void AnsweredAgain(Entry entry, JobReply reply)
    {
        if (entry.Reply!.Job is null)
            return;
        Repeated++;
        if (Text(reply) != Text(entry.Reply))
            throw new ViolationException($"{entry.Job}: {entry.Operation.Id} was answered {Text(entry.Reply!)} and then {Text(reply)}");
    }

    /// <summary>When everything is still: some of what was answered is asked once more.</summary>
    public async Task AskAgain(People people)
    {
        foreach (Entry entry in entries)
            if (entry.Reply?.Job is not null && world.Random.Chance(0.1))
                // An activation that is behind may still live, and fails to write before it ends: whoever asks does so again.
                AnsweredAgain(entry, await people.Retry("judge", () => world.Grain<IJobGrain>(entry.Job.Value).Execute(entry.Command, entry.Operation))
                    ?? throw new ViolationException($"{entry.Job}: nobody answers {entry.Operation.Id} although nothing is wrong any more"));
    }

    public void AtRest()
    {
        foreach (IGrouping<JobId, Entry> job in entries.GroupBy(e => e.Job))
            Check(job.Key, [.. job]);
    }

    private void Check(JobId id, Entry[] asked)
    {
        var record = world.Peek(id);
        JsonNode[] events = [.. world.Feeds.Stream(Streams.Job(id)).Select(e => e.Data)];
        JobModel[] states = JobModel.Replay(id, world.Feeds.Stream(Streams.Job(id)).Select(e => (e.Entry.Type, e.Data)));
        foreach (Entry entry in asked)
        {
            // Nothing is kept of a job that does not exist; whoever asked for it may be told more later.
            if (entry.Reply is not { Job: not null } reply)
                continue;
            int kept = record?.Operations.Count(o => o.Id == entry.Operation.Id.Value) ?? 0;
            if (record is not null && kept != 1)
                throw new ViolationException($"{id}: {entry.Operation.Id} was answered and is remembered {kept} times");
            if (record?.Operations.First(o => o.Id == entry.Operation.Id.Value) is { } known && Text(known.Reply) != Text(reply))
                throw new ViolationException($"{id}: {entry.Operation.Id} was answered {Text(reply)}; remembered is {Text(known.Reply)}");
            JobAnswer told = reply.Job;
            if (told.Version > events.Length)
                throw new ViolationException($"{id}: {entry.Operation.Id} was told of version {told.Version}; the history has {events.Length}");
            JobModel then = states[told.Version];
            if (EnumWord(told.Status) != then.Status || told.Epoch.Value != then.Epoch)
                throw new ViolationException($"{id}: {entry.Operation.Id} was told {told.Status} under epoch {told.Epoch} as version {told.Version}, which is {then.Status} under {then.Epoch}");
        }
        OffersEnd(id);
        InOrder(id, asked);
        foreach (Entry entry in asked)
            Marks(id, entry, events);
    }

    /// <summary>Nobody has taken an offer at or after its end.</summary>
    private void OffersEnd(JobId id)
    {
        DateTimeOffset end = DateTimeOffset.MaxValue;
        foreach (ModelFeedStore.Stored stored in world.Feeds.Stream(Streams.Job(id)))
        {
            FeedEntry entry = stored.Entry;
            if (entry.Type == "job.offered")
                end = stored.Data["expiresAt"]!.GetValue<DateTimeOffset>();
            else if (entry.Type == "job.moved")
                end = DateTimeOffset.MaxValue;
            else if (entry.Type == "job.accepted" && entry.At >= end)
                throw new ViolationException($"{id}: an offer that ended at {end:O} was accepted at {entry.At:O}");
        }
    }

    /// <summary>Whoever asks after somebody was answered sees at least what that one saw.</summary>
    private static void InOrder(JobId id, Entry[] asked)
    {
        Entry[] answered = [.. asked.Where(e => e.Reply?.Job is not null)];
        Entry[] byAnswer = [.. answered.OrderBy(e => e.Answered)];
        long seen = 0;
        int next = 0;
        foreach (Entry entry in answered.OrderBy(e => e.Asked))
        {
            for (; next < byAnswer.Length && byAnswer[next].Answered < entry.Asked; next++)
                seen = Math.Max(seen, byAnswer[next].Reply!.Job!.Version);
            if (entry.Reply!.Job!.Version < seen)
                throw new ViolationException($"{id}: {entry.Operation.Id} was told of version {entry.Reply.Job.Version} after somebody had been told of {seen}");
        }
    }

    /// <summary>Commands that leave their operation's name in an event: exactly once where they were granted, at most once where nobody knows, never where they were refused.</summary>
    private static void Marks(JobId id, Entry entry, JsonNode[] events)
    {
        (string field, bool always)? mark = entry.Command switch
        {
            CancelJob => ("reason", false),
            ReassignJob or DeclineOffer => ("reason", true),
            InspectDevice => ("findings", false),
            FinishBench or CompleteRepair => ("work", false),
            GiveQuote => ("quote.terms.note", true),
            _ => null,
        };
        // Told that there is no such job: nothing is kept of that, and a repetition may find one.
        if (mark is not { } m || entry.Reply is { Job: null })
            return;
        int found = events.Count(e => m.field.Split('.').Aggregate((JsonNode?)e, (at, name) => at?[name])?.GetValue<string>() == entry.Operation.Id.Value);
        bool fits = entry.Reply switch
        {
            null => found <= 1,
            { Refusal: not null } => found == 0,
            _ => m.always ? found == 1 : found <= 1,
        };
        if (!fits)
            throw new ViolationException($"{id}: {entry.Command.GetType().Name} {entry.Operation.Id}, answered {(entry.Reply is null ? "nothing" : Text(entry.Reply))}, has {found} effects");
    }

    private static string EnumWord(JobStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private static string Text(JobReply reply) => JsonSerializer.Serialize(reply, StorageJson.Options);
}
