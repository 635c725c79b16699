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
        if (known.HasLeftHome || route.Stops.Any(stop => stop.Depot is not null) || route.LeavesAt is not { } leaves || leaves < Latest(zone.Now, known.FreeAt, known.ShiftStart))
            return false;
        List<RouteStop> order = RouteStop.Of(route, known, job => zone.Jobs[book.IndexOf(job)], _ => throw new InvalidOperationException("There is no depot call."));
        Place here = known.Start;
        for (int i = 0; i < route.Stops.Length; i++)
        {
            PlannedStop stop = route.Stops[i];
            // A break that is no longer asked for leaves a gap.
            if ((stop.Kind == StopKind.Break) != (order[i].Break is not null))
                return false;
            if (order[i].Job is not { } job)
                continue;
            TravelLeg leg = travel.Leg(here, job.Place, zone.Now);
            if (!leg.IsReachable || leg.Duration != stop.ArriveAt - stop.DepartAt || stop.FinishAt - stop.StartAt != job.Service)
                return false;
            here = job.Place;
        }

        RouteCandidate driven = RouteCandidate.Time(known, order.First(entry => entry.Job is not null).Job!, order, zone.Now, travel);
        return order.TrueForAll(entry => entry.Job is null || rules.Constraints.All(constraint => constraint.Check(driven with { Job = entry.Job }) is null));
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset c) => a > b ? (a > c ? a : c) : b > c ? b : c;
}
