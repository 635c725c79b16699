using Dispatch.Api.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Api.Zones;

/// <param name="Kind"><c>job</c>, <c>depot</c> or <c>break</c>.</param>
public sealed record PlanStopView(StopKind Kind, string? JobId, string? DepotId, DateTimeOffset DepartAt, DateTimeOffset ArriveAt, DateTimeOffset StartAt, DateTimeOffset FinishAt);

public sealed record PlanRouteView(string TechnicianId, IReadOnlyList<PlanStopView> Stops);

public sealed record UnplacedJobView(string JobId, IReadOnlyList<ReasonCountView> Reasons);

/// <summary>The tentative routes of a zone. Nobody has been promised anything that is only in a plan.</summary>
/// <param name="PlannedAt">Nothing before the first plan.</param>
/// <param name="Cost">Minor units of money by term, each rounded, with their sum as <c>total</c>.</param>
public sealed record PlanView(
    string Zone, DateTimeOffset? PlannedAt, IReadOnlyList<PlanRouteView> Routes, IReadOnlyList<UnplacedJobView> Unplaced, IReadOnlyDictionary<string, long> Cost)
{
    public static PlanView None(string zone) => new(zone, null, [], [], new Dictionary<string, long>());

    public static PlanView Of(ZonePlanView view) => new(
        view.Zone.Value,
        view.PlannedAt,
        [.. view.Plan.Routes.Select(route => new PlanRouteView(route.Technician.Value, [.. route.Stops.Select(stop => new PlanStopView(
            stop.Kind, stop.Job?.Value, stop.Depot?.Value, stop.DepartAt, stop.ArriveAt, stop.StartAt, stop.FinishAt))]))],
        [
            .. view.Plan.Unplaced.Select(u => new UnplacedJobView(
                u.Job.Value, [.. u.Counts.Select(r => new ReasonCountView(r.Code, r.Count))])),
        ],
        CostOf(view.Plan.Cost));

    private static Dictionary<string, long> CostOf(PlanCost cost)
    {
        Dictionary<string, long> minor = cost.Terms.ToDictionary(t => t.Name, t => PlanMoney.ToMinor(t.Amount));
        minor["total"] = minor.Values.Sum();
        return minor;
    }
}
