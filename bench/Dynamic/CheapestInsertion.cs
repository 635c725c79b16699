using Dispatch.Domain.Matching;

namespace Dispatch.Bench.Dynamic;

/// <summary>
/// The plain planner others are measured by: what is planned stays where it is; of everything new the request that costs least goes to its cheapest
/// place, with a depot call in front where only that makes it possible, until nothing fits any more. Cost is working time, waiting included.
/// </summary>
public sealed class CheapestInsertion : IDayPlanner
{
    public IReadOnlyList<IReadOnlyList<int>> Plan(DayState state)
    {
        List<int>[] routes = [.. state.Plan.Select(route => route.ToList())];
        HashSet<int> planned = [.. routes.SelectMany(route => route)];
        List<int> missing = [.. state.Open.Where(request => !planned.Contains(request))];
        Dictionary<(int Technician, int Request), Offer> offers = [];
        foreach (TechnicianDay technician in state.Crew)
            Look(state, technician, routes[technician.Technician], missing, offers);

        while (offers.Count > 0)
        {
            ((int technician, int request), Offer best) = offers.MinBy(offer => (offer.Value.Added, offer.Key.Request, offer.Key.Technician));
            routes[technician] = best.Route;
            missing.Remove(request);
            foreach ((int Technician, int Request) key in offers.Keys.Where(key => key.Technician == technician || key.Request == request).ToArray())
                offers.Remove(key);
            Look(state, state.Crew[technician], routes[technician], missing, offers);
        }

        return routes;
    }

    private static void Look(
        DayState state, TechnicianDay technician, List<int> route, List<int> missing, Dictionary<(int Technician, int Request), Offer> offers)
    {
        if (technician.IsOver)
            return;

        long before = OpenRoute.Cost(state, technician, route) ?? throw new InvalidOperationException("A planned route cannot be kept.");
        foreach (int request in missing.Where(request => state.Day.IsAble(technician.Technician, request)))
        {
            Offer? best = null;
            foreach (List<int> changed in Insertions(technician, route, request))
            {
                if (OpenRoute.Cost(state, technician, changed) is { } cost && (best is null || cost - before < best.Added))
                    best = new Offer(cost - before, changed);
            }

            if (best is not null)
                offers[(technician.Technician, request)] = best;
        }
    }

    private static IEnumerable<List<int>> Insertions(TechnicianDay technician, List<int> route, int request)
    {
        for (int at = 0; at <= route.Count; at++)
        {
            List<int> changed = [.. route];
            changed.Insert(at, request);
            yield return changed;
            for (int depotAt = 0; depotAt <= at && !technician.DepotDone && !route.Contains(0); depotAt++)
            {
                List<int> withDepot = [.. changed];
                withDepot.Insert(depotAt, 0);
                yield return withDepot;
            }
        }
    }

    private sealed record Offer(long Added, List<int> Route);
}
