using System.Globalization;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Replay.Judging;
using Dispatch.Sim.Phones;
using BestKnown = Dispatch.Instances.BestKnown;

namespace Dispatch.Sim.Replay.Day;

/// <summary>Says what came of a day, and whether it was in order.</summary>
public static class DayReport
{
    /// <returns>True if no rule of the benchmark and no promise of the interface was broken.</returns>
    public static bool Print(DayOutcome outcome, double? bestMovable, TextWriter console)
    {
        PlayedDay day = outcome.Day;
        List<PhoneTally> tallies = [.. outcome.Phones.Select(p => p.Phone.Tally)];
        List<string> wrong =
        [
            .. DayJudge.Violations(day),
            .. HistoryJudge.Inconsistencies(outcome.Histories, outcome.ZoneStream, [.. Claims(outcome)]),
            .. outcome.Phones.SelectMany(p => p.Phone.Tally.Anomalies.Select(a => $"{p.Technician}: {a}")),
        ];

        Line(console, $"served        {day.Served}/{day.Instance.Requests.Length}");
        foreach (NotServed missing in day.NotServed)
            Line(console, $"  not served  {missing.Node} ({missing.JobId}): {string.Join(", ", missing.Reasons.Select(r => $"{r.Code} ×{r.Count}"))}");
        DayCost driven = RouteCost.OfDay(day.Instance, [.. day.Technicians]);
        Line(console, outcome.Planned switch
        {
            ApiResult<DayPlan>.Ok { Value: var plan } => $"plan at start {plan.Placed(day.Instance)} placed; {Cost(RouteCost.OfRoutes(day.Instance, [.. plan.Routes]), bestMovable)}",
            ApiResult<DayPlan>.Refused { Problem: var problem } => $"plan at start not told: {problem}",
            _ => throw new InvalidOperationException(),
        });
        Line(console, $"as driven     {Cost(driven, bestMovable)}");
        if (!day.IsDynamic)
            Line(console, $"as routes     {Cost(RouteCost.OfRoutes(day.Instance, [.. day.Routes]), bestMovable)}, each route left as late as its windows allow");
        Line(console, bestMovable is { } best ? (FormattableString)$"best known    movable {best:0.000}" : $"best known    no {BestKnown.FileName} names this instance");
        Line(console, $"lateness      at most {Math.Max(0, driven.Late):0.000000} of {day.Instance.Horizon.Units:0}");
        Line(console, $"offers        {tallies.Sum(t => t.Offers)}, declined {tallies.Sum(t => t.Declines)}, withdrawn {tallies.Sum(t => t.Withdrawals)}, lost {tallies.Sum(t => t.LostOffers)}");
        Line(console, $"events        {outcome.Histories.Sum(h => h.Fetched.Count)} in {outcome.Histories.Length} streams; commands repeated {outcome.Repetitions}; troubles overcome {outcome.Troubles.Length}");
        Line(console, $"wall time     {outcome.Wall.TotalSeconds:0.0} s");
        foreach (string sentence in wrong)
            Line(console, $"WRONG         {sentence}");
        return wrong.Count == 0;
    }

    private static IEnumerable<ClaimedService> Claims(DayOutcome outcome) =>
        from p in outcome.Phones
        from served in p.Phone.Done
        where served.IsServed && !served.Id.IsDepot
        select new ClaimedService(served.Id.Job!, p.Technician);

    private static string Cost(DayCost cost, double? best) => string.Create(
        CultureInfo.InvariantCulture, $"total duration {cost.Total:0.000}, movable {cost.Movable:0.000}{(best is { } b ? string.Create(CultureInfo.InvariantCulture, $" ({cost.GapTo(b):+0.0 %;-0.0 %})") : "")}");

    private static void Line(TextWriter console, FormattableString line) => console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
