using Dispatch.Api.Access;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Rules;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Rules;

namespace Dispatch.Api.Quotes;

/// <summary>Reckons what a job costs: its own account of ways, work, parts and parcels, by the figures in force on the day it ended, or today.</summary>
internal sealed class CostDesk(ViewReader views, Ownership ownership, EntitlementDesk house, RuleShelves books, ITravel travel, BusinessClock clock)
{
    /// <summary>A stop that ended longer ago is not where this way began: a night lies between.</summary>
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(12);

    private const int RecentJobs = 200;

    public async Task<(CostView? View, Refused? Refused)> Of(Caller caller, JobState job, CancellationToken cancellation)
    {
        DateTimeOffset at = job.IsEnded ? job.ChangedAt : clock.GetUtcNow();
        DateOnly day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, house.Zone).DateTime);
        if (books.Costs.InForce(day).FirstOrDefault() is not { } costs)
            return (null, Refused.Of(RuleProblems.NoneInForce("costs", day)));
        JobCosts sheet = JobCosts.Of(
            costs, books.Prices.InForce(day).FirstOrDefault(), job, await Travelled(caller.Tenant, job, cancellation), await QuoteWriter.Metres(caller.Tenant, ownership, job));
        return (CostView.Of(job.Id.Value, sheet), null);
    }

    /// <summary>From the technician's stop before, or from home, by the travel model: where people drive in between is never stored.</summary>
    private async Task<long> Travelled(TenantId tenant, JobState job, CancellationToken cancellation)
    {
        if (job is not { Account.DepartedAt: { } departed, Candidates: [{ Technician: var technician }] } || await ownership.TechnicianGrain(tenant, technician).Get() is not { } ledger)
            return 0;
        Place from = ledger.State.Profile.Home;
        DateTimeOffset newest = departed - SameDay;
        foreach (StoredView row in await views.List(tenant, ChangeToken.Job, new ViewFilter(Technician: technician.Value), null, RecentJobs, cancellation))
            if (row.ToJob() is { Account: { DepartedAt: { } set, Since: null } account } other && other.Id != job.Id && set + account.Travel + account.Work is var ended && ended > newest && ended <= departed)
                (newest, from) = (ended, other.Request.Place);
        return travel.Leg(from, job.Request.Place, departed) is { IsReachable: true } leg ? leg.Metres : 0;
    }
}
