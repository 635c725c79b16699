using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching.Constraints;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>Whether a planned route can still be driven at exactly the times planned: then it needs no new timetable.</summary>
internal static class StandingRoute
{
    public static bool Check(PlanningSnapshot zone, int technician, RouteBook book, ITravel travel, PlanningRules rules)
    {
        PlannedRoute route = book.Route(technician);
        TechnicianSnapshot known = zone.Technicians[technician];
        if (route.Stops.IsEmpty)
            return !known.HasLeftHome;
        // Depot calls and days under way change with what is on board and where the technician is; they are timed anew.
        if (known.HasLeftHome || book.JobsOf(technician).Length != route.Stops.Length || route.LeavesAt is not { } leaves || leaves < Latest(zone.Now, known.FreeAt, known.ShiftStart))
            return false;
        List<(JobSnapshot? Job, DepotSnapshot? Depot)> order = [];
        Place here = known.Start;
        for (int i = 0; i < route.Stops.Length; i++)
        {
            JobSnapshot job = zone.Jobs[book.JobsOf(technician)[i]];
            PlannedStop stop = route.Stops[i];
            TravelLeg leg = travel.Leg(here, job.Place, zone.Now);
            if (!leg.IsReachable || leg.Duration != stop.ArriveAt - stop.DepartAt || stop.FinishAt - stop.StartAt != job.Service)
                return false;
            order.Add((job, null));
            here = job.Place;
        }

        RouteCandidate driven = RouteCandidate.Time(known, order[0].Job!, order, zone.Now, travel);
        return order.TrueForAll(entry => rules.Constraints.All(constraint => constraint.Check(driven with { Job = entry.Job! }) is null));
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset c) => a > b ? (a > c ? a : c) : b > c ? b : c;
}
