using Dispatch.Domain.Matching;

namespace Dispatch.Bench.Dynamic;

/// <summary>Rules and cost of what a technician may still do in a day.</summary>
public static class OpenRoute
{
    /// <summary>Working time in ticks from leaving home, or from the end of the work in hand, to coming home, waiting included; 0 for nothing from home.</summary>
    /// <returns>Null where a window, the shift, a tool, a part or the one depot call does not allow it.</returns>
    public static long? Cost(DayState state, TechnicianDay technician, IReadOnlyList<int> route)
    {
        DayInstance day = state.Day;
        if (route.Count == 0)
            return technician.HasLeft ? day.Travel(technician.Place, technician.Home) : 0;
        if (technician.IsOver || !HasNeeds(day, technician, route))
            return null;

        long from = Math.Max(state.Now, technician.Free);
        StopAhead[] ahead = Ahead(day, technician, route);
        long wayHome = day.Travel(route[^1], technician.Home);
        if (DeparturePolicy.Range(from, technician.HasLeft, ahead, wayHome, technician.ShiftEnd) is not { } range)
            return null;

        return DeparturePolicy.Return(range.Soonest, ahead, wayHome) - (technician.HasLeft ? technician.Free : range.Soonest);
    }

    public static StopAhead[] Ahead(DayInstance day, TechnicianDay technician, IReadOnlyList<int> route) =>
    [
        .. route.Select((node, i) => new StopAhead(
            day.Travel(i == 0 ? technician.Place : route[i - 1], node), day.Opens(node), day.Closes(node), day.Service(node))),
    ];

    private static bool HasNeeds(DayInstance day, TechnicianDay technician, IReadOnlyList<int> route)
    {
        int[] stock = [.. technician.Stock];
        bool depotDone = technician.DepotDone;
        foreach (int node in route)
        {
            if (node == 0 && depotDone)
                return false;

            depotDone |= node == 0;
            if (depotDone)
                continue;

            if (!day.HasTools(technician.Technician, node))
                return false;

            for (int part = 0; part < stock.Length; part++)
            {
                stock[part] -= day.Rows[node].Parts[part];
                if (stock[part] < 0)
                    return false;
            }
        }

        return true;
    }
}
