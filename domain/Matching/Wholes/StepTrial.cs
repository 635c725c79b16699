using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

using Stops = ImmutableArray<RouteStop>;

/// <summary>Looks for a moment at which all parts of one step can begin, each with a technician of its own, beside what is already planned.</summary>
internal sealed class StepTrial(PlanningSnapshot snapshot, PlanningRules rules, ITravel travel)
{
    /// <summary>Moments tried for one step, the earliest of all that suggest themselves.</summary>
    private const int MostMoments = 40;

    /// <summary>One way to staff a step: the moment, the routes with it, and what it costs more, in units of <see cref="PlanMoney"/>.</summary>
    public readonly record struct Found(DateTimeOffset Begins, ImmutableArray<Stops> Routes, long Added);

    /// <summary>Every moment that works, cheapest first, then earliest.</summary>
    /// <param name="step">The parts that begin together.</param>
    /// <param name="routes">Stops per technician as planned so far.</param>
    /// <param name="notBefore">The end of the step before, and its gap.</param>
    public IEnumerable<Found> Ways(ImmutableArray<JobSnapshot> step, ImmutableArray<Stops> routes, DateTimeOffset notBefore) => Moments(step, routes, notBefore)
        .Select(moment => Staff(step, routes, moment)).OfType<Found>().OrderBy(found => found.Added).ThenBy(found => found.Begins);

    /// <summary>When somebody could be there after any stop of theirs, and when windows open.</summary>
    private IEnumerable<DateTimeOffset> Moments(ImmutableArray<JobSnapshot> step, ImmutableArray<Stops> routes, DateTimeOffset notBefore)
    {
        HashSet<DateTimeOffset> moments = [notBefore, .. step.SelectMany(part => part.Openings).Select(window => window.From)];
        for (int t = 0; t < routes.Length; t++)
            foreach (JobSnapshot part in step)
                for (int at = 0; at <= routes[t].Length; at++)
                    moments.Add(Later(notBefore, Timed(t, routes[t].Insert(at, new RouteStop(part with { Windows = [], LockedAt = null })), part).Stops[at].ArriveAt));
        return moments.Where(moment => moment >= notBefore && step.All(part => part.Openings.IsEmpty || part.Openings.Any(window => window.From <= moment && moment <= window.To)))
            .Order().Take(MostMoments);
    }

    /// <summary>Technicians are different, so what one part costs with one of them does not depend on the others: the best few of each part hold the best team.</summary>
    private Found? Staff(ImmutableArray<JobSnapshot> step, ImmutableArray<Stops> routes, DateTimeOffset moment)
    {
        (int Technician, Stops Route, long Added)[][] ways =
        [
            .. step.Select(part => part with { LockedAt = new TimeWindow(moment, moment) })
                .Select(part => Enumerable.Range(0, routes.Length).Select(t => Cheapest(t, routes[t], part)).OfType<(int Technician, Stops Route, long Added)>()
                    .OrderBy(way => way.Added).ThenBy(way => way.Technician).Take(step.Length).ToArray()),
        ];
        return Team(0, []) is not { } team ? null : new Found(moment, team.Aggregate(routes, (all, way) => all.SetItem(way.Technician, way.Route)), team.Sum(way => way.Added));

        ImmutableList<(int Technician, Stops Route, long Added)>? Team(int part, ImmutableSortedSet<int> taken) => part == ways.Length
            ? []
            : ways[part].Where(way => !taken.Contains(way.Technician))
                .Select(way => Team(part + 1, taken.Add(way.Technician))?.Insert(0, way))
                .Where(rest => rest is not null).MinBy(rest => rest!.Sum(way => way.Added));
    }

    private (int Technician, Stops Route, long Added)? Cheapest(int t, Stops route, JobSnapshot part)
    {
        long before = TimeCost(t, Timed(t, route, part));
        (int Technician, Stops Route, long Added)? best = null;
        foreach (Stops with in Insertions(t, route, part))
        {
            RouteCandidate candidate = Timed(t, with, part);
            if (rules.Constraints.All(constraint => constraint.Check(candidate) is null) && TimeCost(t, candidate) - before is var added && (best is not { } known || added < known.Added))
                best = (t, with, added);
        }

        return best;
    }

    private IEnumerable<Stops> Insertions(int t, Stops route, JobSnapshot part)
    {
        bool callLeft = !snapshot.Technicians[t].DepotVisited && route.All(stop => stop.Depot is null) && (!part.Tools.IsEmpty || !part.Parts.IsEmpty);
        for (int at = 0; at <= route.Length; at++)
        {
            yield return route.Insert(at, new RouteStop(part));
            foreach (DepotSnapshot depot in callLeft ? snapshot.Depots : [])
                for (int call = 0; call <= at; call++)
                    yield return route.Insert(at, new RouteStop(part)).Insert(call, new RouteStop(depot));
        }
    }

    private RouteCandidate Timed(int t, Stops stops, JobSnapshot part) => RouteCandidate.Time(snapshot.Technicians[t], part, stops, snapshot.Now, travel);

    /// <summary>The price of the time until the technician is home; before the first stop only the way counts for somebody who can leave later.</summary>
    private long TimeCost(int t, RouteCandidate candidate)
    {
        if (candidate.Stops.FirstOrDefault(stop => stop.Break is null) is not { } first)
            return 0;
        TravelLeg way = travel.Leg(snapshot.Technicians[t].Start, first.Job?.Place ?? first.Depot!.Place, snapshot.Now);
        TimeSpan length = snapshot.Technicians[t].HasLeftHome ? candidate.EndAt - first.ArriveAt : candidate.EndAt - first.StartAt;
        return PlanMoney.OfTime(length + (way.IsReachable ? way.Duration : TimeSpan.Zero), rules.Prices.TravelPerMinute);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
