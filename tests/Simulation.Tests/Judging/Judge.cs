using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Simulation.Tests;

/// <summary>Something that must never be true, with enough to look for it.</summary>
public sealed class ViolationException(string what) : Exception(what);

/// <summary>
/// Holds the durable truth against what must always be so, write by write, and the whole history against what people were told, at the end. Shares
/// no code with the grains but the shapes of what they store.
/// </summary>
internal sealed class Judge(World world)
{
    private readonly SortedDictionary<JobId, (Epoch Epoch, long Version)> newest = [];
    private readonly List<(JobId Job, Epoch Epoch, TechnicianId By)> accepted = [];
    private readonly SortedDictionary<TechnicianId, SortedDictionary<JobId, Visit>> days = [];

    public int Checks { get; private set; }

    /// <summary>A technician was told that the job is theirs.</summary>
    public void Accepted(JobId job, Epoch epoch, TechnicianId by, JobAnswer answer)
    {
        if (answer.Epoch != epoch)
            throw new ViolationException($"{job}: {by} accepted epoch {epoch} and was told yes under {answer.Epoch}");
        accepted.Add((job, epoch, by));
    }

    /// <summary>After each durable write of a job.</summary>
    public void JobWritten(JobId id)
    {
        Checks++;
        if (world.Peek(id) is not { State: { } job } record)
            return;
        if (newest.TryGetValue(id, out (Epoch Epoch, long Version) before) && (job.Epoch < before.Epoch || record.Version < before.Version))
            throw new ViolationException($"{id}: went back from epoch {before.Epoch}, version {before.Version} to {job.Epoch}, {record.Version}");
        newest[id] = (job.Epoch, record.Version);
        Overlaps(id, job);
        BenchHolds(id, job);
        if (job.Assigned is { } technician && job.Status is JobStatus.Accepted or JobStatus.EnRoute or JobStatus.Arrived)
        {
            Commitment? held = world.Peek(job.Assigned!.Value)?.State?.CommitmentOf(id);
            if (held is null || held.Epoch != job.Epoch || held.Status == CommitmentStatus.Reserved)
                throw new ViolationException($"{id}: {job.Status} with {job.Assigned} under epoch {job.Epoch}, whose ledger says {held?.ToString() ?? "nothing"}");
        }
    }

    /// <summary>By the jobs' own account, whatever the ledgers say: nobody is to do two of them at the same time.</summary>
    private void Overlaps(JobId id, JobState job)
    {
        foreach (SortedDictionary<JobId, Visit> day in days.Values)
            day.Remove(id);
        // What has begun takes the time it takes, which the ledger knows and the job does not; what stands still for a change of plan may be decided and not know it yet.
        if (job is not { Assigned: { } technician, Visit: { } visit, Status: JobStatus.Accepted, Parked: null })
            return;
        if (!days.TryGetValue(technician, out SortedDictionary<JobId, Visit>? mine))
            days[technician] = mine = [];
        foreach ((JobId other, Visit at) in mine)
            if (at.StartAt < visit.FinishAt && visit.StartAt < at.FinishAt)
                throw new ViolationException($"{technician}: has {id} and {other} at the same time: {visit} and {at}");
        mine[id] = visit;
    }

    /// <summary>After each durable write of a technician.</summary>
    public void TechnicianWritten(TechnicianId id)
    {
        Checks++;
        if (world.Peek(id)?.State is not { } technician)
            return;
        DateTimeOffset now = world.Now;
        Commitment[] firm = [.. technician.Commitments.Where(c => c.Status != CommitmentStatus.Reserved)];
        for (int i = 0; i < firm.Length; i++)
            for (int j = i + 1; j < firm.Length; j++)
                if (firm[i].Visit.StartAt < firm[j].Visit.FinishAt && firm[j].Visit.StartAt < firm[i].Visit.FinishAt)
                    throw new ViolationException($"{id}: double-booked at {now:u}: {firm[i]} and {firm[j]}");
    }

    /// <summary>A place that the job counts on for good is in the ledger of its point, under the same epoch, until the repair is over.</summary>
    private void BenchHolds(JobId id, JobState job)
    {
        if (job.Booking is not { Confirmed: true } booking || job.Status is < JobStatus.Booked or > JobStatus.OnBench)
            return;
        BenchSlot? held = world.Peek(booking.Point)?.State?.SlotOf(id);
        // A repair that failed its check is back on the bench, and its place is used up already.
        if (held is null ? job.Outcome is null : held.Epoch != job.Epoch || held.Status == BenchSlotStatus.Reserved || held.Day != booking.BenchDay)
            throw new ViolationException($"{id}: {job.Status} at {booking} under epoch {job.Epoch}, whose ledger says {held?.ToString() ?? "nothing"}");
    }

    /// <summary>After each durable write of a service point: no day of its bench holds more than its places, no part is promised twice.</summary>
    public void PointWritten(ServicePointId id)
    {
        Checks++;
        if (world.Peek(id)?.State is not { } point)
            return;
        foreach (var day in point.Bench.Where(s => s.Status != BenchSlotStatus.Reserved && s.Category != Booking.NoBench).GroupBy(s => (s.Day, s.Category)))
            if (day.Count() > world.Size.PerDay)
                throw new ViolationException($"{id}: {day.Count()} devices on {day.Key}, which has {world.Size.PerDay} places");
        foreach (PartQuantity line in point.Stock)
            if (point.Bench.Where(s => s.Status == BenchSlotStatus.Confirmed).SelectMany(s => s.Parts).Where(p => p.Code == line.Code).Sum(p => p.Quantity) > line.Quantity)
                throw new ViolationException($"{id}: more of {line.Code} promised than there is");
    }

    /// <summary>When faults have stopped and everything has had time to settle.</summary>
    public void AtRest()
    {
        foreach (JobId id in world.Jobs)
        {
            if (world.Peek(id) is not { State: { } job } record)
                continue;
            if (!record.Outbox.IsEmpty)
                throw new ViolationException($"{id}: {record.Outbox.Length} events were never told");
            if (job.Status == JobStatus.Offered && world.Now > job.OfferExpiresAt + TimeSpan.FromMinutes(2))
                throw new ViolationException($"{id}: an offer that ended at {job.OfferExpiresAt:u} still stands");
            StreamIsWhole(id, record.Version);
            NothingKept(id, job);
            CustomerIsTold(id);
        }
        foreach ((JobId job, Epoch epoch, TechnicianId by) in accepted)
            if (AcceptedBy(job, epoch) is not [var only] || only != by.Value)
                throw new ViolationException($"{job}: {by} was told yes under epoch {epoch}; the history says [{string.Join(", ", AcceptedBy(job, epoch))}]");
        foreach (ServicePointId id in world.Points)
            foreach (BenchSlot held in world.Peek(id)?.State?.Bench ?? [])
                if (held.Status == BenchSlotStatus.Confirmed && (world.Peek(held.Job)?.State is not { } job || job.Booking?.Point != id || job.Epoch != held.Epoch))
                    throw new ViolationException($"{id}: keeps a place for {held.Job} under epoch {held.Epoch}, which is not there");
        ProgrammePays();
        foreach (JobState job in world.Jobs.Select(id => world.Peek(id)?.State).OfType<JobState>())
            RegisterKnows(job);
        foreach (TechnicianId id in world.Technicians)
            foreach (Commitment held in world.Peek(id)?.State?.Commitments ?? [])
                if (held.Status != CommitmentStatus.Reserved && (world.Peek(held.Job)?.State is not { } job || job.Assigned != id || job.Epoch != held.Epoch))
                    throw new ViolationException($"{id}: keeps time for {held.Job} under epoch {held.Epoch}, which is not theirs");
    }

    /// <summary>What goes back as it is holds no bench, no part and nobody's time, but for what lapses by itself; and no quote is open for ever.</summary>
    private void NothingKept(JobId id, JobState job)
    {
        if (job.Quote is { Status: QuoteStatus.Open } open && world.Now > open.ValidUntil + TimeSpan.FromMinutes(2))
            throw new ViolationException($"{id}: quote {open.Number}, which ended at {open.ValidUntil:u}, is still open");
        bool unrepaired = job.Quote is { Status: QuoteStatus.Refused } || (job is { Quote.Status: QuoteStatus.Lapsed, Status: >= JobStatus.Packed } && !job.Mode.IsVisit());
        if (!unrepaired)
            return;
        if (job.Outcome != RepairOutcome.NotRepaired)
            throw new ViolationException($"{id}: {job.Outcome} although quote {job.Quote!.Number} was {job.Quote.Status}");
        foreach (ServicePointId point in world.Points)
            if (world.Peek(point)?.State?.SlotOf(id) is { Status: BenchSlotStatus.Confirmed } slot)
                throw new ViolationException($"{point}: keeps {slot} for {id}, which goes back unrepaired");
        foreach (TechnicianId technician in world.Technicians)
            if (world.Peek(technician)?.State?.CommitmentOf(id) is { Status: not CommitmentStatus.Reserved } held)
                throw new ViolationException($"{technician}: keeps {held} for {id}, which the customer has refused");
    }

    /// <summary>A brand pays for each booked visit once, as long as it is not called off, and for no other.</summary>
    private void ProgrammePays()
    {
        JobState[] granted = [.. world.Jobs.Select(id => world.Peek(id)?.State).OfType<JobState>().Where(j => j is { Terms.Grant: not null, Status: not JobStatus.Cancelled })];
        ProgrammeState? ledger = world.Peek(Bookers.Programme)?.State;
        GrantedVisit[] open = [.. (ledger?.Open ?? []).Where(v => v.ExpiresAt is null)];
        if (!open.Select(v => v.Job).ToHashSet().SetEquals(granted.Where(j => !j.IsEnded).Select(j => j.Id)) || (ledger?.VisitsOver ?? 0) != granted.Count(j => j.IsEnded))
            throw new ViolationException($"{Bookers.Programme}: pays for [{string.Join(' ', open.Select(v => v.Job))}] and {ledger?.VisitsOver} that are over, not for [{string.Join(' ', granted.Select(j => $"{j.Id} {j.Status}"))}]");
        if ((ledger?.SpentOver ?? 0) != granted.Where(j => j.IsEnded).Sum(j => j.Terms!.Grant!.Amount))
            throw new ViolationException($"{Bookers.Programme}: {ledger?.SpentOver} spent on {granted.Count(j => j.IsEnded)} visits");
    }

    /// <summary>What was given for a device is in the register as what it is.</summary>
    private void RegisterKnows(JobState job)
    {
        if (job.NewUnit is not { } unit)
            return;
        DeviceId old = DeviceId.Derive(job.Tenant, DeviceIdentity.Find(job.Request.Device)!), given = DeviceId.Derive(job.Tenant, unit);
        if (world.Peek(old)?.State?.ReplacedBy != given || world.Peek(given)?.State?.Replaces != old)
            throw new ViolationException($"{job.Id}: gave {given} for {old}; the register says {world.Peek(old)?.State?.ReplacedBy} and {world.Peek(given)?.State?.Replaces}");
    }

    /// <summary>Each event that a customer hears of has led to one message, which is over; and a phone got nothing else.</summary>
    private void CustomerIsTold(JobId id)
    {
        string prefix = $"msg_{id.Value["job_".Length..]}-";
        List<string> wanted = [];
        Dictionary<string, DateTimeOffset> asked = [];
        ServiceMode mode = world.Peek(id)?.State?.Mode ?? default;
        bool agreed = world.Peek(id)?.State?.Terms is not null, back = false, refused = false;
        string outcome = "";
        foreach (ModelFeedStore.Stored stored in world.Feeds.Stream(Streams.Job(id)))
        {
            (FeedEntry told, JsonNode data) = (stored.Entry, stored.Data);
            if (told.Type is "job.repaired" or "job.benchFinished")
                outcome = data["outcome"]!.GetValue<string>();
            string? template = told.Type switch
            {
                "job.requested" => agreed ? "agreed" : mode.IsVisit() ? "requested" : "requestedMailIn",
                "job.bookingConfirmed" => mode switch
                {
                    ServiceMode.WalkIn => "bookedAtCounter", ServiceMode.PickupReturn => "bookedCourier", ServiceMode.SwapAtPoint => "unitKept", ServiceMode.SwapByPost => "unitBooked", _ => "booked",
                },
                "job.received" => "received",
                "job.checked" when data["passed"]!.GetValue<bool>() => (mode, outcome) switch
                {
                    (ServiceMode.WalkIn, "repaired") => "readyAtCounter", (ServiceMode.WalkIn, _) => "notRepairedAtCounter", (_, "repaired") => "benchRepaired", _ => "benchNotRepaired",
                },
                "job.shipped" => mode == ServiceMode.SwapByPost ? "unitShipped" : "shipped",
                "job.parcelMoved" when !back && data["direction"]!.GetValue<string>() == "return" && data["parcelStatus"]!.GetValue<string>() == "delivered" => "delivered",
                "job.accepted" => "accepted",
                "job.departed" => "onTheWay",
                "job.arrived" => "arrived",
                "job.quoted" => "quoted",
                "job.quoteRefused" => "quoteRefused",
                "job.repaired" when refused => null,
                "job.repaired" => outcome,
                "job.rescheduled" => "rescheduled",
                "job.cancelled" => "cancelled",
                _ => null,
            };
            // The customer's own word comes before the carrier's, sometimes.
            back |= told.Type == "job.delivered";
            refused |= told.Type == "job.quoteRefused";
            if (template is not null)
            {
                wanted.Add($"{prefix}{told.Number}-{template}");
                asked[wanted[^1]] = told.At;
            }
        }
        string[] known = [.. world.Messages.Where(m => m.Value.StartsWith(prefix, StringComparison.Ordinal) && world.Peek(m)?.State is not null).Select(m => m.Value)];
        if (!known.ToHashSet().SetEquals(wanted))
            throw new ViolationException($"{id}: the customer should hear [{string.Join(' ', wanted)}], but there are [{string.Join(' ', known)}]");
        foreach (string message in wanted)
        {
            MessageState state = world.Peek(new MessageId(message))!.State!;
            if (state.Facts.Interval is { } interval && interval.To <= asked[message])
                throw new ViolationException(
                    $"{message}: tells of {interval.From:u} to {interval.To:u}, which was over when it happened at {asked[message]:u}"
                );
            int got = world.Gateway.Phone(state.Reference);
            if (state.Status is not (MessageStatus.Delivered or MessageStatus.Failed) || got > 1 || (state.Status == MessageStatus.Delivered && got != 1))
                throw new ViolationException($"{message}: {state.Status} at rest, {got} times on the phone, {state.Asks} asks, due {state.DueAt:u}, now {world.Now:u}");
        }
    }

    private string[] AcceptedBy(JobId job, Epoch epoch) =>
    [
        .. world.Feeds.Stream(Streams.Job(job))
            .Where(e => e.Entry.Type == "job.accepted" && e.Data["epoch"]!.GetValue<long>() == epoch.Value)
            .Select(e => e.Data["technicianId"]!.GetValue<string>()),
    ];

    private void StreamIsWhole(JobId id, long version)
    {
        long[] numbers = [.. world.Feeds.Stream(Streams.Job(id)).Select(e => e.Entry.Number)];
        if (!numbers.SequenceEqual(Enumerable.Range(1, (int)version).Select(n => (long)n)))
            throw new ViolationException($"{id}: version {version}, but the stream holds events [{string.Join(' ', numbers)}]");
        if (world.Feeds.View("job", id.Value)?.Version != version)
            throw new ViolationException($"{id}: version {version}, but the list shows {world.Feeds.View("job", id.Value)?.Version}");
    }
}
