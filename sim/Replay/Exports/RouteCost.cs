using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Replay.Exports;

/// <param name="Total">Sum of route durations, in time units.</param>
/// <param name="Movable">That without the service times, the part planning can change.</param>
/// <param name="Late">Most that a window or shift is missed by; 0 where all is kept.</param>
public readonly record struct DayCost(double Total, double Movable, double Late)
{
    /// <summary>How much worse the movable part is than another; 0.02 is two per cent.</summary>
    public double GapTo(double bestMovable) => Movable / bestMovable - 1;
}

/// <summary>What a set of routes costs by the benchmark's objective. Written from its definition, not from the planner's.</summary>
public static class RouteCost
{
    /// <summary>
    /// Routes as orders of nodes only: each leaves home as late as its windows allow, so that no time is waited that could be spent at home. With the earliest
    /// schedule, waiting w and least slack s (over all stops, of what was waited before it plus what its window leaves), the duration is end − start − min(s, w).
    /// </summary>
    public static DayCost OfRoutes(TrspInstance instance, IReadOnlyList<IReadOnlyList<int>> routes)
    {
        double total = 0, service = 0, late = 0;
        for (int k = 0; k < routes.Count; k++)
        {
            if (routes[k].Count == 0)
                continue;
            TrspNode home = instance.Technicians[k];
            double time = home.Opens.Units, waited = 0, slack = double.PositiveInfinity;
            PlanePoint here = home.At;
            foreach (TrspNode stop in routes[k].Select(instance.Node).Append(home with { Opens = DayTime.Zero, Service = 0 }))
            {
                time += here.DistanceTo(stop.At);
                double wait = Math.Max(0, stop.Opens.Units - time);
                (time, waited) = (time + wait, waited + wait);
                late = Math.Max(late, time - stop.Closes.Units);
                slack = Math.Min(slack, waited + stop.Closes.Units - time);
                time += stop.Service;
                here = stop.At;
            }
            total += time - home.Opens.Units - Math.Min(slack, waited);
            service += routes[k].Sum(n => n == 0 ? 0 : instance.Node(n).Service);
        }
        return new DayCost(total, total - service, late);
    }

    /// <summary>The day as it was driven: each technician's from setting off the first time to being back home.</summary>
    public static DayCost OfDay(TrspInstance instance, IReadOnlyList<IReadOnlyList<DrivenStop>> technicians)
    {
        double total = 0, service = 0, late = 0;
        for (int k = 0; k < technicians.Count; k++)
        {
            if (technicians[k].Count == 0)
                continue;
            DrivenStop last = technicians[k][^1];
            DayTime back = last.Start + ServiceOf(instance, last.Node) + instance.Distance(last.Node, k + 1);
            total += back - technicians[k][0].Depart;
            service += technicians[k].Sum(s => ServiceOf(instance, s.Node));
            late = Math.Max(late, Math.Max(back - instance.Node(k + 1).Closes, technicians[k].Max(s => s.Start - instance.Node(s.Node).Closes)));
        }
        return new DayCost(total, total - service, late);
    }

    private static double ServiceOf(TrspInstance instance, int node) => node == 0 ? 0 : instance.Node(node).Service;
}

/// <summary>A stop as it was made: when it was decided, set off to, begun. Node 0 is the depot.</summary>
public readonly record struct DrivenStop(int Node, DayTime Decided, DayTime Depart, DayTime Start);
