using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Zones;

/// <inheritdoc cref="IZoneGrain"/>
public sealed partial class ZoneGrain(
    IGrainContext context,
    [PersistentState("zone", "dispatch")] IPersistentState<GrainRecord<ZoneState, ZoneReply, GrainMessage>> record,
    AggregateServices services,
    PlanningOptions options,
    IZonePlanner planner,
    IPlanExplainer explainer,
    IPlanRunner runner,
    ITravel travel,
    ILogger<ZoneGrain> log)
    : AggregateGrain<ZoneState, ZoneEvent, ZoneReply>(context, record, services), IZoneGrain
{
    private readonly ZoneBoard board = new();
    private readonly SortedDictionary<(JobId, TechnicianId), DateTimeOffset> refused = [];
    private readonly SortedDictionary<JobId, DateTimeOffset> told = [];
    private readonly Dictionary<JobId, int> levels = [];
    private readonly ResponseTargets targets = new(options.UrgentTarget, options.RegularTarget);
    private IGrainTimer? ticks;
    private readonly BoundedMemory<JobId, JobExplanation> offered = new(options.RememberedOffers);
    private readonly BenchDesk benches = new(options);
    private PlanningSnapshot? seen;
    private ZonePlan? before;
    private ZonePlan? plan;
    private long planned = -1;
    private int improved;
    private ulong runs;

    protected override string StateName => "zone";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Current is not null)
            await StartPlanning(cancellationToken);
    }

    public async Task<ZoneReply> Execute(ZoneCommand command, Operation? operation)
    {
        ZoneReply reply = await Answer(operation, _ => ZoneDecider.Decide(Current, command));
        await StartPlanning(CancellationToken.None);
        return reply;
    }

    public Task Notify(ZoneNotice notice)
    {
        if (notice.Job is { } job)
            board.Learn(job.State, job.Version);
        if (notice.Technician is { } technician)
            board.Learn(technician.State, technician.Version);
        if (notice.Point is { } point)
            board.Learn(point.State, point.Version);
        return Task.CompletedTask;
    }

    public Task<ZonePlanView?> GetPlan() => Task.FromResult(plan is null ? null : new ZonePlanView(new ZoneId(Id), plan.MadeAt, plan));

    public Task<JobExplanation?> Explain(JobId job)
    {
        if (plan is not null && plan.Unplaced.FirstOrDefault(u => u.Job == job) is { } unplaced)
            return Task.FromResult<JobExplanation?>(new JobExplanation(plan.MadeAt, null, unplaced));
        if (plan is not null && explainer.Explain(seen!, plan, before, job) is { } placement)
            return Task.FromResult<JobExplanation?>(new JobExplanation(plan.MadeAt, placement, null));
        return Task.FromResult(offered.Find(job) ?? benches.Explain(job));
    }

    public Task Wake()
    {
        Sweep();
        return Task.CompletedTask;
    }

    /// <summary>Everything open is in the read models by the time its notice was sent, so loading once and then listening misses nothing.</summary>
    private async Task StartPlanning(CancellationToken cancellation)
    {
        if (ticks is not null)
            return;
        await Load<TechnicianState>("technician", Id, board.Learn, cancellation);
        await Load<JobState>("job", Id, board.Learn, cancellation);
        await Load<ServicePointState>("point", "", board.Learn, cancellation);
        ticks = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(options.Tick, options.Tick) { KeepAlive = true });
    }

    /// <summary>A row that cannot be read, for example one that a newer host wrote, is left out: it must not keep the zone from planning all the others.</summary>
    private async Task Load<T>(string kind, string zone, Action<T, long> learn, CancellationToken cancellation)
    {
        foreach (ViewRow row in await Feeds.LoadOpen(Tenant, kind, zone, cancellation))
        {
            try
            {
                learn(JsonSerializer.Deserialize<T>(row.Doc, StorageJson.Options)!, row.Version);
            }
            catch (JsonException unreadable)
            {
                LogUnreadable(log, unreadable, kind, row.Id, Id);
            }
        }
    }

    /// <summary>Each step on its own: parcels are booked and earlier routes carried out, also where no new plan can be made.</summary>
    private async Task Tick(CancellationToken cancellation)
    {
        if (!await Try("plan", Replan, cancellation))
            planned = -1;
        if (plan is not null)
            await Try("offers", CarryOut, cancellation);
        if (!await Try("benches", BookBenches, cancellation))
            benches.LookAgain();
    }

    /// <summary>False where the step failed. The next tick tries again; nothing of a plan is true before a job has written it.</summary>
    private async Task<bool> Try(string step, Func<CancellationToken, Task> action, CancellationToken cancellation)
    {
        try
        {
            await action(cancellation);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogStepFailed(log, failure, Id, step);
            return false;
        }
    }

    private async Task Replan(CancellationToken cancellation)
    {
        bool changed = board.Revision != planned;
        if (!changed && improved >= options.ImproveFor)
            return;
        improved = changed ? 0 : improved + 1;
        planned = board.Revision;
        DateTimeOffset now = Clock.GetUtcNow();
        DateTimeOffset from = now + options.Margin;
        foreach (JobId gone in levels.Keys.Where(id => board.Job(id) is not { IsWaiting: true }).ToArray())
            levels.Remove(gone);
        PlanningSnapshot snapshot = board.Snapshot(now, from, travel, Current!.Depot, targets, levels);
        ZonePlan? previous = plan;
        ulong seed = options.Seed + ++runs;
        ZonePlan next = await runner.Run(() => planner.Plan(snapshot, previous, new PlanBudget(options.Iterations, cancellation), seed), cancellation);
        (seen, before, plan) = (snapshot, previous, next);
        foreach (UnplacedJob unplaced in plan.Unplaced)
            if (board.Job(unplaced.Job) is { } job && MayStillRelax(job, from))
            {
                levels[job.Id] = levels.GetValueOrDefault(job.Id) + 1;
                planned = -1;
            }
    }

    /// <summary>Whether the job was asked for sooner than promised; while it was, being unplaced says nothing yet.</summary>
    private bool MayStillRelax(JobState job, DateTimeOffset from) => targets.Tightens(job, from, levels.GetValueOrDefault(job.Id));

    private async Task CarryOut(CancellationToken cancellation)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        ImmutableArray<ZoneAction> actions = [.. DispatchPolicy.Abandoned(board, now), .. DispatchPolicy.Due(board, plan!, Current!.Depot, now, options.OfferLead)];
        actions = [.. actions, .. DispatchPolicy.Unplaced(board, plan!).Where(told => board.Job(told.Job) is { } job && (told.Reasons.IsEmpty || !MayStillRelax(job, now + options.Margin)))];
        foreach (ZoneAction action in actions)
        {
            if (cancellation.IsCancellationRequested)
                return;
            await CarryOut(action, now);
        }
    }

    private async Task BookBenches(CancellationToken cancellation)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        foreach (BenchMatch match in benches.Look(board, now))
        {
            if (cancellation.IsCancellationRequested || board.Job(match.Job) is not { IsWaiting: true } job)
                continue;
            if (match.Chosen is not { } bench)
            {
                await CarryOut(new TellUnplaced(job.Id, job.Epoch, BenchDesk.Reasons(match)), now);
                continue;
            }
            JobReply reply = await Job(job.Id).Execute(new BookBench(job.Epoch, bench.Point, bench.Day, bench.PromisedAt, now + options.MailIn.Hold), null);
            if (reply.Refusal is { } no)
            {
                benches.Refused(match, now);
                LogBookingRefused(log, Id, job.Id.Value, bench.Point.Value, no.Code);
            }
            if (await Job(job.Id).Get() is { } seen)
                board.Learn(seen.State, seen.Version);
            if (await GrainFactory.GetGrain<IServicePointGrain>(GrainKeys.Of(Tenant, bench.Point.Value)).Get() is { } point)
                board.Learn(point.State, point.Version);
        }
    }

    private async Task CarryOut(ZoneAction action, DateTimeOffset now)
    {
        switch (action)
        {
            case ProposeOffer offer:
                (JobId, TechnicianId) pair = (offer.Job, offer.Candidate.Technician);
                if (refused.TryGetValue(pair, out DateTimeOffset until) && now < until)
                    return;
                JobReply reply = await Job(offer.Job).Execute(new OfferJob(offer.Expected, [offer.Candidate], now + options.OfferTimeout, options.Direct), null);
                if (reply.Refusal is { } no)
                {
                    if (DispatchPolicy.IsAboutTechnician(no))
                        refused[pair] = now + options.RefusalPause;
                    LogProposalRefused(log, Id, offer.Job.Value, offer.Candidate.Technician.Value, no.Code);
                }
                else if (await Explain(offer.Job) is { } why)
                {
                    offered.Put(offer.Job, why);
                }
                await Refresh(offer.Job, offer.Candidate.Technician);
                return;
            case SendToDepot depot:
                await Technician(depot.Technician).Execute(new OrderDepotCall(depot.Depot.Id, depot.Depot.Place, depot.DepartAt), null);
                await Refresh(null, depot.Technician);
                return;
            case TakeBack back:
                await Job(back.Job).Execute(new ReassignJob(null, "technician_off_duty", null), null);
                await Refresh(back.Job, back.From);
                return;
            case TellUnplaced unplaced:
                if (told.TryGetValue(unplaced.Job, out DateTimeOffset last) && now < last + options.UnplacedPause)
                    return;
                told[unplaced.Job] = now;
                await Job(unplaced.Job).Execute(new RecordUnplaced(unplaced.Expected, unplaced.Reasons), null);
                return;
        }
    }

    /// <summary>Looks at what an action changed without waiting for the notices, so that the next plan builds on it.</summary>
    private async Task Refresh(JobId? job, TechnicianId technician)
    {
        if (job is { } id && await Job(id).Get() is { } seen)
            board.Learn(seen.State, seen.Version);
        if (await Technician(technician).Get() is { } known)
            board.Learn(known.State, known.Version);
    }

    private IJobGrain Job(JobId id) => GrainFactory.GetGrain<IJobGrain>(GrainKeys.Of(Tenant, id.Value));

    private ITechnicianGrain Technician(TechnicianId id) => GrainFactory.GetGrain<ITechnicianGrain>(GrainKeys.Of(Tenant, id.Value));

    protected override ZoneState Apply(ZoneState? state, ZoneEvent fact, DateTimeOffset now) => ZoneDecider.Apply(fact);

    protected override ImmutableArray<string> StreamsOf(ZoneState? before, ZoneState after, ZoneEvent fact) => [Streams.Zone(after.Id)];

    protected override ZoneReply ReplyOf(Refusal? refusal, ZoneState? state, long version) => new(refusal, version);

    protected override ViewRow ViewOf(ZoneState state, long version) => new(
        "zone", state.Id.Value, state.Id.Value, "active", true, null, DateTimeOffset.UnixEpoch, version,
        JsonSerializer.Serialize(state, StorageJson.Options), state.Name.ToLowerInvariant());

    protected override FeedEntry EntryOf(ZoneState after, ZoneEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("zoneId", after.Id.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Zone {Zone}: planning step '{Step}' failed; retrying at the next tick")]
    private static partial void LogStepFailed(ILogger log, Exception failure, string zone, string step);

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored {Kind} {Id} cannot be read; zone {Zone} plans without it")]
    private static partial void LogUnreadable(ILogger log, Exception unreadable, string kind, string id, string zone);

    [LoggerMessage(Level = LogLevel.Information, Message = "Zone {Zone}: {Job} not booked at {Point}: {Code}")]
    private static partial void LogBookingRefused(ILogger log, string zone, string job, string point, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Zone {Zone}: {Job} not offered to {Technician}: {Code}")]
    private static partial void LogProposalRefused(ILogger log, string zone, string job, string technician, string code);
}
