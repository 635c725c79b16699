using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>The routes of a large zone while they are worked on, with who has which job and where everybody's day lies.</summary>
internal sealed class RouteBook
{
    private readonly PlanningSnapshot zone;
    private readonly Dictionary<JobId, int> jobs;
    private readonly PlannedRoute[] routes;
    private readonly int[][] jobsOf;
    private readonly int[] owner;
    private readonly PlaneMap map;

    public RouteBook(PlanningSnapshot zone, ZonePlan? previous)
    {
        this.zone = zone;
        map = new PlaneMap(zone);
        jobs = new Dictionary<JobId, int>(zone.Jobs.Length);
        for (int j = 0; j < zone.Jobs.Length; j++)
            jobs[zone.Jobs[j].Id] = j;
        owner = new int[zone.Jobs.Length];
        Array.Fill(owner, -1);
        Dictionary<TechnicianId, PlannedRoute> known = (previous?.Routes ?? []).ToDictionary(route => route.Technician);
        routes = new PlannedRoute[zone.Technicians.Length];
        jobsOf = new int[routes.Length][];
        for (int t = 0; t < routes.Length; t++)
        {
            PlannedRoute route = known.GetValueOrDefault(zone.Technicians[t].Id) ?? Empty(zone.Technicians[t].Id);
            // A job belongs to one route only, whatever an earlier plan says.
            routes[t] = route with { Stops = [.. route.Stops.Where(stop => stop.Job is not { } job || (jobs.TryGetValue(job, out int j) && owner[j] < 0))] };
            Own(t);
        }
    }

    public PlaneMap Map => map;

    public ImmutableArray<PlannedRoute> Routes => [.. routes];

    /// <summary>Jobs in no route, ascending.</summary>
    public IEnumerable<int> Waiting => Enumerable.Range(0, owner.Length).Where(job => owner[job] < 0);

    public int IndexOf(JobId job) => jobs[job];

    public PlannedRoute Route(int technician) => routes[technician];

    /// <summary>The jobs of a route, in order.</summary>
    public ReadOnlySpan<int> JobsOf(int technician) => jobsOf[technician];

    /// <summary>The middle of a technician's stops, or where he is while there are none.</summary>
    public (double X, double Y) Middle(int technician)
    {
        (double x, double y) = map.Start(technician);
        int count = 1;
        foreach (int job in JobsOf(technician))
        {
            (double jx, double jy) = map.Job(job);
            (x, y, count) = (x + jx, y + jy, count + 1);
        }

        return (x / count, y / count);
    }

    /// <summary>These technicians with all they have, and some jobs that nobody has.</summary>
    public ZonePart Part(IEnumerable<int> technicians, IEnumerable<int> waiting)
    {
        int[] chosen = [.. technicians.Order()];
        return new ZonePart(chosen, [.. chosen.SelectMany(technician => jobsOf[technician]).Concat(waiting).Order()]);
    }

    /// <summary>Writes down what became of a part.</summary>
    public void Take(PartPlan plan)
    {
        foreach (int job in plan.Part.Jobs)
            owner[job] = -1;
        for (int i = 0; i < plan.Routes.Length; i++)
        {
            int technician = plan.Part.Technicians[i];
            routes[technician] = plan.Routes[i];
            Own(technician);
        }
    }

    /// <summary>The technicians whose stops or start lie nearest to a job, nearest first.</summary>
    public int[] Nearest(int job, int count)
    {
        (double x, double y) = map.Job(job);
        (double Apart, int Technician)[] found = new (double, int)[zone.Technicians.Length];
        for (int t = 0; t < found.Length; t++)
        {
            double least = PlaneMap.Square(map.Start(t), (x, y));
            foreach (int other in JobsOf(t))
                least = Math.Min(least, PlaneMap.Square(map.Job(other), (x, y)));
            found[t] = (least, t);
        }

        Array.Sort(found);
        return [.. found.Take(count).Select(entry => entry.Technician)];
    }

    private void Own(int technician)
    {
        jobsOf[technician] = [.. routes[technician].Stops.Where(stop => stop.Job is not null).Select(stop => jobs[stop.Job!.Value])];
        foreach (int job in jobsOf[technician])
            owner[job] = technician;
    }

    private static PlannedRoute Empty(TechnicianId id) => new(id, null, [], null, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null);
}
