using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Grains.Jobs;

/// <inheritdoc cref="IJobGrain"/>
public sealed class JobGrain(
    IGrainContext context,
    [PersistentState("job", "dispatch")] IPersistentState<GrainRecord<JobState, JobReply, GrainMessage>> record,
    AggregateServices services,
    JobRules rules,
    JobOptions options)
    : AggregateGrain<JobState, JobEvent, JobReply>(context, record, services), IJobGrain
{
    protected override string StateName => "job";

    public Task<JobReply> Execute(JobCommand command, Operation? operation) =>
        Answer(operation, now => command switch
        {
            OfferJob { Direct: true } assign => Assign(assign, operation is not null, now),
            BookJob book => Book(book, now),
            _ => Decide(command, operation is not null, now),
        });

    /// <summary>
    /// Assigned without asking: an offer like any other is written first, and then accepted in the technician's place. Whatever fails in between leaves an offer that ends by itself,
    /// and not time in a ledger that nobody knows of.
    /// </summary>
    private async Task<Decision<JobEvent>> Assign(OfferJob assign, bool insists, DateTimeOffset now)
    {
        if (assign.Candidates is not [{ } only])
            return JobRefusals.NoCandidate();
        bool begun = Current is { Status: JobStatus.Offered, Candidates: [{ } asked] } job && job.Epoch == assign.Expected.Next && asked == only;
        if (!begun && (await Answer(null, at => Decide(assign with { Direct = false }, insists, at))).Refusal is { } refusal)
            return refusal;
        return await Decide(new AcceptOffer(only.Technician, assign.Expected.Next), insists, now);
    }

    /// <summary>
    /// What the terms reserve is kept in the ledgers before the job is written, and the job with it in one write; whatever fails in between leaves reservations that lapse. A place at a service
    /// point is confirmed by the outbox; a technician's time before the customer is told yes, in a second write, and a job that lost its call between the two goes on with it when it is
    /// asked again or woken.
    /// </summary>
    private async Task<Decision<JobEvent>> Book(BookJob book, DateTimeOffset now)
    {
        if (Current is { AwaitsAppointment: true })
            return await KeepOrCallOff(now);
        Decision<JobEvent> booked = JobDecider.Decide(Current, Version, book, now, rules);
        // One that is begun and past its appointment needs nothing more of any ledger, and may stand still for a change of plan by now.
        if (booked.Refusal is not null || Current is not null)
            return booked;
        if (book.Terms.Grant is { } grant && (await Programme(grant).Execute(new GrantVisit(book.Id, book.Tenant, grant, book.HeldUntil))).Refusal is { } spent)
            return spent;
        (BookJob held, Refusal? refusal) = await Hold(book);
        if (refusal is not null)
        {
            if (book.Terms.Grant is { } kept)
                await Programme(kept).Execute(new ForgoVisit(book.Id));
            return refusal;
        }
        if (!book.Request.Mode.IsVisit())
            return JobDecider.Decide(Current, Version, held, now, rules);
        await Answer(null, _ => booked);
        return await KeepOrCallOff(now);
    }

    /// <summary>Why a booking ended before it began, or its technician was let go: the time that had been kept was gone.</summary>
    private const string NotKept = "appointment_lost";

    /// <summary>Asks the ledger that what the terms reserve is in; the booking comes back with the day that a point has kept.</summary>
    private async Task<(BookJob Held, Refusal? Refusal)> Hold(BookJob book)
    {
        (Reservation held, Epoch first) = (book.Terms.Reserved, Epoch.Zero.Next);
        if (held is { Technician: { } technician, Visit: { } visit })
            return (
                book,
                (
                    await Technician(technician)
                        .Execute(
                            new ReserveSlot(
                                book.Id,
                                first,
                                visit,
                                book.Request.Place,
                                book.Needs,
                                visit.StartAt,
                                book.HeldUntil + options.ReservationGrace
                            ),
                            null
                        )
                ).Refusal
            );
        IServicePointGrain point = Point(held.Point!.Value);
        ServicePointReply reply = await point.Execute(
            new ReserveBench(
                book.Id,
                first,
                held.Day!.Value,
                held.Bench ?? Booking.NoBench,
                book.Request.Device?.Brand,
                book.Needs,
                book.HeldUntil,
                book.LaterDays
            ),
            null
        );
        if (reply.Refusal is not null || book.LaterDays.IsEmpty)
            return (book, reply.Refusal);
        (DateOnly? day, Refusal? gone) = await DayKept(point, book.Id);
        return (day is { } kept ? book.OnDay(kept) : book, gone);
    }

    /// <summary>Only the ledger knows which of several days it has kept.</summary>
    private static async Task<(DateOnly? Day, Refusal? Refusal)> DayKept(IServicePointGrain point, JobId job)
    {
        ServicePointState ledger = (await point.Get())!.State;
        return ledger.SlotOf(job) is { Day: var day } ? (day, null) : (null, ServicePointRefusals.ReservationGone(ledger, job));
    }

    /// <summary>The technician's ledger keeps the time of a booked visit for good, then the job says so.</summary>
    private async Task<Decision<JobEvent>> Keep(DateTimeOffset now)
    {
        Decision<JobEvent> kept = JobDecider.Decide(Current, Version, new KeepAppointment(), now, rules);
        return kept.Refusal is null ? await Confirm(kept, Current!, new AcceptOffer(Current!.Candidates[0].Technician, Current.Epoch)) : kept;
    }

    /// <summary>A customer who is told no has no job.</summary>
    private async Task<Decision<JobEvent>> KeepOrCallOff(DateTimeOffset now)
    {
        JobState job = Current!;
        Decision<JobEvent> kept = await Keep(now);
        return kept.Refusal is { } lost ? new Decision<JobEvent>([new JobCancelled(job.Epoch.Next, NotKept, [job.Candidates[0].Technician])], lost) : kept;
    }

    /// <summary>Where nobody is told, a booked visit whose time is gone is planned anew, within the window that was agreed.</summary>
    private async Task<Decision<JobEvent>> KeepOrPlanAnew(DateTimeOffset now)
    {
        JobState job = Current!;
        Decision<JobEvent> kept = await Keep(now);
        return kept.Refusal is null ? kept : Decision<JobEvent>.Of(new JobWithdrawn(job.Epoch.Next, [job.Candidates[0].Technician], null, NotKept), new JobQueued(NotKept));
    }

    /// <summary>
    /// Whoever asks a job that stands still for a change of plan has that decided first, and what became of it and what they asked are one write. Proposals of a planner, which come
    /// without an operation, wait until its time is over: one plan must not end another.
    /// </summary>
    private async Task<Decision<JobEvent>> Decide(JobCommand command, bool insists, DateTimeOffset now)
    {
        if (command is SettleMove settle)
            return await Settle(settle, now);
        if (Current is not { Parked: { } parked } || !(insists || now >= parked.DecideBy) || (command is ParkJob park && park.Intent == parked.Intent))
            return await Decide(Current, Version, command, now);
        Decision<JobEvent> settled = await Resolve(parked, now);
        JobState free = settled.Events.Aggregate(Current, (state, fact) => JobEvolution.Apply(state, fact, now));
        Decision<JobEvent> asked = await Decide(free, Version + settled.Events.Length, command, now);
        return new Decision<JobEvent>([.. settled.Events, .. asked.Events], asked.Refusal);
    }

    public Task<JobReply> Refuse(Refusal refusal, Operation operation) => Answer(operation, _ => (Decision<JobEvent>)refusal);

    /// <summary>What the job says, and then, where it says yes to an offer, an acceptance or a booking, what the ledgers say.</summary>
    private async Task<Decision<JobEvent>> Decide(JobState? job, long version, JobCommand command, DateTimeOffset now)
    {
        Decision<JobEvent> decision = JobDecider.Decide(job, version, command, now, rules);
        if (decision.Refusal is not null || decision.Events.IsEmpty)
            return decision;
        return command switch
        {
            OfferJob offer => await Reserve(job!, version, offer, now),
            AcceptOffer accept => await Confirm(decision, job!, accept),
            BookBench book => await Reserve(decision, job!, version, book, now),
            _ => decision,
        };
    }

    /// <summary>Has the change of plan decided now: withdrawn, unless it is committed already.</summary>
    /// <exception cref="OutcomeUnknownException">It does not answer for good; the same operation may be repeated.</exception>
    private async Task<Decision<JobEvent>> Resolve(ParkedMove parked, DateTimeOffset now)
    {
        IntentReply reply = await GrainFactory.GetGrain<IIntentGrain>(GrainKeys.Of(Tenant, parked.Intent.Value)).Execute(new DecideIntent(Id), null);
        return reply.Intent is { State.Status: IntentStatus.Committed or IntentStatus.Withdrawn } decided
            ? await Settle(new SettleMove(parked.Intent, decided.State.Status == IntentStatus.Committed), now)
            : throw new OutcomeUnknownException($"{parked.Intent} says neither yes nor no to {Id}: {reply.Refusal?.Code}");
    }

    /// <summary>The ledger of whoever gets the job applies its patch before the job says that they have it.</summary>
    private async Task<Decision<JobEvent>> Settle(SettleMove settle, DateTimeOffset now)
    {
        Decision<JobEvent> decision = JobDecider.Decide(Current, Version, settle, now, rules);
        if (decision.Events is [JobMoved moved, ..])
        {
            TechnicianReply reply = await Technician(moved.Candidates[0].Technician).Execute(new SettlePatch(settle.Intent, true, new SlotRef(Current!.Id, moved.Epoch)), null);
            if (reply.Refusal is { } refusal)
                throw new OutcomeUnknownException($"{moved.Candidates[0].Technician} has not applied {settle.Intent}: {refusal.Code}");
        }
        return decision;
    }

    public Task<VersionedJob?> Get() => Task.FromResult(Current is { } job ? new VersionedJob(job, Version) : null);

    public async Task Wake()
    {
        Sweep();
        EndIfOutdated();
        if (Current is { Parked: { } parked } && Clock.GetUtcNow() >= parked.DecideBy)
            await Answer(null, now => Resolve(parked, now));
        else if (Current is { AwaitsAppointment: true })
            await Answer(null, KeepOrPlanAnew);
        else if (Current is { Status: JobStatus.Offered })
            await Execute(new ExpireOffer(), null);
        else if (Current is { Status: JobStatus.Delivered })
            await Execute(new CloseDelivered(), null);
        else if (Current?.Quote is { Status: QuoteStatus.Open })
            await Execute(new LapseQuote(), null);
    }

    /// <summary>
    /// Keeps the time of every candidate who has it free, then offers to those. A crash in between leaves reservations that lapse.
    /// </summary>
    private async Task<Decision<JobEvent>> Reserve(JobState job, long version, OfferJob offer, DateTimeOffset now)
    {
        ImmutableArray<Candidate>.Builder free = ImmutableArray.CreateBuilder<Candidate>();
        Refusal? last = null;
        foreach (Candidate candidate in offer.Candidates)
        {
            TechnicianReply reply = await Technician(candidate.Technician).Execute(new ReserveSlot(
                job.Id, job.Epoch.Next, candidate.Visit, job.Request.Place, job.Needs!, job.WindowOpens(candidate.Visit),
                offer.ExpiresAt + options.ReservationGrace), null);
            last = reply.Refusal ?? last;
            if (reply.Refusal is null)
                free.Add(candidate);
        }
        if (free.Count == 0)
            return offer.Candidates.Length == 1 ? last! : JobRefusals.NoTechnicianFree(job, offer.Candidates.Length);
        return JobDecider.Decide(job, version, offer with { Candidates = free.DrainToImmutable() }, now, rules);
    }

    /// <summary>The ledger has the last word on whether the time is still kept.</summary>
    private async Task<Decision<JobEvent>> Confirm(Decision<JobEvent> decision, JobState job, AcceptOffer accept)
    {
        TechnicianReply reply = await Technician(accept.Technician).Execute(new ConfirmSlot(job.Id, accept.Epoch, job.CandidateOf(accept.Technician)!.Visit), null);
        return reply.Refusal is { } refusal ? refusal : decision;
    }

    /// <summary>Keeps the place and the parts at the service point, then books. A crash in between leaves a reservation that lapses.</summary>
    private async Task<Decision<JobEvent>> Reserve(
        Decision<JobEvent> decision,
        JobState job,
        long version,
        BookBench book,
        DateTimeOffset now
    )
    {
        Booking booking = decision.Events.OfType<BenchBooked>().First().Booking;
        IServicePointGrain point = Point(book.Point);
        ServicePointReply reply = await point.Execute(
            new ReserveBench(
                job.Id,
                job.Epoch.Next,
                book.BenchDay,
                booking.Category,
                job.Request.Device?.Brand,
                job.Needs!,
                book.HeldUntil,
                book.LaterDays
            ),
            null
        );
        if (reply.Refusal is { } refusal)
            return refusal;
        if (book.LaterDays.IsEmpty)
            return decision;
        (DateOnly? day, Refusal? gone) = await DayKept(point, job.Id);
        return day is { } kept ? JobDecider.Decide(job, version, book.OnDay(kept), now, rules) : gone!;
    }

    /// <summary>The booking is only as good as its confirmation: one that came too late, and found the place given away, sends the job back to be planned.</summary>
    protected override async Task Answered(TellPoint told, Refusal? refusal)
    {
        if (told.Command is ConfirmBench confirm)
            await Execute(refusal is null ? new ConfirmBooking(confirm.Epoch) : new LoseBooking(confirm.Epoch, refusal.Code), null);
    }

    private IServicePointGrain Point(ServicePointId id) => GrainFactory.GetGrain<IServicePointGrain>(GrainKeys.Of(Tenant, id.Value));

    private IProgrammeGrain Programme(ProgrammeGrant grant) => GrainFactory.GetGrain<IProgrammeGrain>(GrainKeys.Of(Tenant, grant.Programme.Value));

    private ITechnicianGrain Technician(TechnicianId id) => GrainFactory.GetGrain<ITechnicianGrain>(GrainKeys.Of(Tenant, id.Value));

    protected override JobState Apply(JobState? state, JobEvent fact, DateTimeOffset now) => JobEvolution.Apply(state, fact, now);

    protected override ImmutableArray<string> StreamsOf(JobState? before, JobState after, JobEvent fact) => JobOutbox.StreamsOf(before, after, fact);

    protected override ImmutableArray<GrainMessage> MessagesOf(JobState? before, JobState after, JobEvent fact) =>
        [.. JobOutbox.Messages(before, fact), .. JobOutbox.ToCustomer(after, fact)];

    protected override DateTimeOffset? DueOf(JobState state) => state.Parked?.DecideBy + Clock.Stretch(IntentRules.AskAfter) ?? (state.AwaitsAppointment ? state.ChangedAt + Clock.Stretch(options.AppointmentGrace) : state.OfferExpiresAt) ?? rules.CloseAt(state)
        ?? (state.Quote is { Status: QuoteStatus.Open } open ? open.ValidUntil : null);

    /// <summary>What became of the change of plan it stands still for comes within moments.</summary>
    protected override bool IsWrittenSoon(JobState state) => state.Parked is not null;

    protected override JobReply ReplyOf(Refusal? refusal, JobState? state, long version) => new(
        refusal, state is null ? null : new JobAnswer(state.Id, state.Status, state.Epoch, version, [.. state.Candidates.Select(c => c.Technician)], state.Link?.Number ?? 0));

    protected override ViewRow ViewOf(JobState state, long version) => new(
        "job", state.Id.Value, state.Zone.Value, EventJson.Word(state.Status), !state.IsEnded, state.Visit is null ? null : state.Candidates[0].Technician.Value,
        state.RequestedAt, version, JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Id.Value, state.Request.Category, state.Request.Device?.Brand, state.Request.Device?.Model, $"mode:{state.Mode}").ToLowerInvariant(),
        state.Booking?.Point.Value, [.. state.MailIn?.Parcels.Select(p => p.Waybill.Value) ?? []]);

    protected override FeedEntry EntryOf(JobState after, JobEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(
            fact, ("jobId", after.Id.Value), ("status", EventJson.Word(after.Status)), ("epoch", after.Epoch.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    protected override Task Announce(JobState state, long version) =>
        GrainFactory.GetGrain<IZoneGrain>(GrainKeys.Of(Tenant, state.Zone.Value)).Notify(new ZoneNotice(new VersionedJob(state, version), null));
}
