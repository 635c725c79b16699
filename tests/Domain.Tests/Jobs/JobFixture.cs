using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>A job brought to each state by the commands that lead there.</summary>
internal static class JobFixture
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly TechnicianId Li = new("tech_li");
    public static readonly TechnicianId Wang = new("tech_wang");
    public static readonly JobId Id = new("job_1");
    public static readonly IntentId Plan = new("intent_1");
    public static readonly TimeWindow Afternoon = new(Noon.AddHours(1), Noon.AddHours(3));
    public static readonly Visit Visit = new(Noon.AddMinutes(70), Noon.AddMinutes(90), Noon.AddMinutes(90), Noon.AddMinutes(130));
    public static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], ["heat_mat"], [new("screen_a", 1)], TimeSpan.FromMinutes(40));

    public static JobRequest Request(params TimeWindow[] windows) =>
        new("screen", new Place(121, 31), [.. windows.Length == 0 ? [Afternoon] : windows], Severity.Regular, "dropped", null);

    public static RequestJob Ask(ServiceNeeds? needs, params TimeWindow[] windows) => new(Id, new TenantId("main"), new ZoneId("zone_n"), Request(windows), needs);

    public static OfferJob Offer(Epoch expected, params TechnicianId[] to) =>
        new(expected, [.. to.Select(t => new Candidate(t, Visit))], Noon.AddMinutes(2), Direct: false);

    public static Decision<JobEvent> Decide(JobState? state, JobCommand command, DateTimeOffset? now = null, long version = 0) =>
        JobDecider.Decide(state, version, command, now ?? Noon, JobRules.Standard);

    public static JobState Then(this JobState? state, JobCommand command, DateTimeOffset? now = null)
    {
        Decision<JobEvent> decision = Decide(state, command, now);
        Assert.Null(decision.Refusal);
        foreach (JobEvent fact in decision.Events)
            state = JobEvolution.Apply(state, fact, now ?? Noon);
        return state!;
    }

    public static JobState Apply(JobState state, Decision<JobEvent> decision) =>
        decision.Events.Aggregate(state, (s, fact) => JobEvolution.Apply(s, fact, Noon));

    public static JobState Requested => ((JobState?)null).Then(Ask(null));
    public static JobState Queued => ((JobState?)null).Then(Ask(Needs));
    public static JobState Offered => Queued.Then(Offer(Epoch.Zero, Li));
    public static JobState OfferedToTwo => Queued.Then(Offer(Epoch.Zero, Li, Wang));
    public static JobState Accepted => Offered.Then(new AcceptOffer(Li, new Epoch(1)));
    public static JobState EnRoute => Accepted.Then(new Depart(Li, new Epoch(1), Noon));
    public static JobState Arrived => EnRoute.Then(new Arrive(Li, new Epoch(1), Noon));
    public static JobState Repaired => Arrived.Then(new CompleteRepair(Li, new Epoch(1), Noon, RepairOutcome.Repaired, null, "screen replaced"));
    public static JobState Signed => Repaired.Then(new SignAcceptance(Li, new Epoch(1), Noon, "digest"));
    public static JobState Closed => Signed.Then(new CloseJob(Li, new Epoch(1), Noon));
    public static JobState Cancelled => Accepted.Then(new CancelJob("changed my mind"));

    /// <summary>Accepted, and standing still for a change of plan that would give it to Wang.</summary>
    public static JobState Parked => Accepted.Then(new ParkJob(Plan, Noon.AddSeconds(20), new Epoch(1), Li, new Candidate(Wang, Visit), Overrules: false));

    /// <summary>A screen and 45 minutes for 770, and 120 for the way.</summary>
    public static readonly QuoteTerms Terms = new(
        [new(QuoteLineKind.Labour, null, 45, 12_000, 9_000, null), new(QuoteLineKind.Part, "screen_a", 1, 68_000, 68_000, null), new(QuoteLineKind.Visit, null, 1, 12_000, 12_000, null)],
        "CNY", "2026-1", 12_000, "glass and panel broken");

    public static GiveQuote Quote(JobState job) => new(job.Assigned, job.Booking?.Point, job.Epoch, Terms, TimeSpan.FromHours(2));

    public static AnswerQuote Answer(JobState job, bool approved) => new(null, null, job.Quote?.Number ?? 1, approved, QuoteAnswerer.Customer);

    public static JobState Quoted => Arrived.Then(Quote(Arrived));
    public static JobState Approved => Quoted.Then(Answer(Quoted, true));
    public static JobState RefusedQuote => Quoted.Then(Answer(Quoted, false));
    public static JobState Lapsed => Quoted.Then(new LapseQuote(), Noon.AddHours(2));

    public static ImmutableArray<(string Name, JobState State)> Every =>
    [
        ("requested", Requested), ("queued", Queued), ("offered", Offered), ("accepted", Accepted), ("enRoute", EnRoute), ("arrived", Arrived),
        ("repaired", Repaired), ("signed", Signed), ("closed", Closed), ("cancelled", Cancelled),
        ("parked", Parked), ("quoted", Quoted), ("approved", Approved), ("refused", RefusedQuote), ("lapsed", Lapsed),
    ];
}
