namespace Dispatch.Domain.Matching;

/// <summary>A stop of a route that is still to be timed: one of the three is given.</summary>
public readonly record struct RouteStop(JobSnapshot? Job, DepotSnapshot? Depot = null, BreakSnapshot? Break = null)
{
    public RouteStop(DepotSnapshot depot)
        : this(null, depot)
    {
    }

    public RouteStop(BreakSnapshot pause)
        : this(null, null, pause)
    {
    }

    /// <summary>The stops of a planned route, and behind them the breaks that are left for the evening.</summary>
    internal static List<RouteStop> Of(PlannedRoute route, TechnicianSnapshot technician, Func<JobId, JobSnapshot> job, Func<DepotId, DepotSnapshot> depot)
    {
        List<BreakSnapshot> left = [.. technician.Breaks];
        List<RouteStop> stops = [];
        foreach (PlannedStop stop in route.Stops)
        {
            if (stop.Job is { } served)
                stops.Add(new RouteStop(job(served)));
            else if (stop.Depot is { } called)
                stops.Add(new RouteStop(depot(called)));
            else if (left.Find(pause => Stands(pause, stop)) is { } taken && left.Remove(taken))
                stops.Add(new RouteStop(taken));
        }

        return [.. stops, .. left.Select(pause => new RouteStop(pause))];
    }

    /// <summary>Whether a planned stop is that break.</summary>
    internal static bool Stands(BreakSnapshot pause, PlannedStop stop) =>
        stop.Kind == StopKind.Break && stop.FinishAt - stop.StartAt == pause.Length && pause.Window.From <= stop.StartAt && stop.StartAt <= pause.Window.To;

    /// <summary>A technician's breaks that are not among those taken.</summary>
    internal static IEnumerable<BreakSnapshot> Missing(TechnicianSnapshot technician, IEnumerable<BreakSnapshot?> taken)
    {
        List<BreakSnapshot> left = [.. technician.Breaks];
        foreach (BreakSnapshot? pause in taken)
            if (pause is not null)
                left.Remove(pause);
        return left;
    }
}
