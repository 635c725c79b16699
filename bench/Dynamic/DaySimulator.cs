using Dispatch.Domain.Matching;

namespace Dispatch.Bench.Dynamic;

/// <summary>The day as it went, in ticks and row numbers.</summary>
/// <param name="Stops">Per technician.</param>
/// <param name="NotServed">Requests nobody came to in time, ascending.</param>
public sealed record DayRecord(DayInstance Day, IReadOnlyList<IReadOnlyList<DayStop>> Stops, IReadOnlyList<int> NotServed);

/// <summary>
/// Lets a day happen: requests become known one by one, a planner is asked each time, technicians set off when the policy says. Who has set off goes
/// on to that stop; everything behind it may change. Nothing here depends on a clock or on chance.
/// </summary>
/// <param name="day">The instance.</param>
/// <param name="releases">Time units at which requests become known, −1 or none for before the day.</param>
/// <param name="planner">Asked whenever requests become known.</param>
/// <param name="policy">When to set off.</param>
/// <param name="standsBy">Whether a technician with nothing ahead stays on call where the last stop was; otherwise the day is over for that technician.</param>
public sealed class DaySimulator(DayInstance day, IReadOnlyDictionary<int, double> releases, IDayPlanner planner, DeparturePolicy policy, bool standsBy)
{
    private readonly TechnicianDay[] crew = [.. Enumerable.Range(0, day.Crew).Select(t => new TechnicianDay(day, t))];
    private readonly List<int> open = [];
    private long asOf;
    private IReadOnlyList<IReadOnlyList<int>> plan = [.. Enumerable.Range(0, day.Crew).Select(_ => Array.Empty<int>())];

    private IEnumerable<int> Requests => Enumerable.Range(day.FirstRequest, day.Rows.Count - day.FirstRequest);

    /// <summary>Once per simulator.</summary>
    public DayRecord Run()
    {
        IEnumerable<IGrouping<long, int>> news = Requests
            .GroupBy(request => Math.Max(0, DayInstance.Ticks(releases.GetValueOrDefault(request, -1))))
            .OrderBy(group => group.Key);
        foreach (IGrouping<long, int> group in news)
        {
            long now = group.Key;
            SetOffBefore(now);
            open.RemoveAll(request => day.Closes(request) < now);
            open.AddRange(group);
            plan = planner.Plan(new DayState(day, now, crew, [.. open], plan));
            asOf = now;
        }

        SetOffBefore(long.MaxValue);
        HashSet<int> served = [.. crew.SelectMany(technician => technician.Stops).Select(stop => stop.Node)];
        return new DayRecord(
            day,
            [.. crew.Select(technician => technician.Stops)],
            [.. Requests.Where(request => !served.Contains(request))]);
    }

    // What becomes known at a moment is known to whoever would set off at that very moment.
    private void SetOffBefore(long until)
    {
        Queue<int>[] ahead = [.. plan.Select(route => new Queue<int>(route))];
        foreach (TechnicianDay technician in crew)
        {
            Queue<int> route = ahead[technician.Technician];
            while (route.Count > 0 && SetsOff(technician, [.. route]) is long departure && departure < until)
            {
                int next = route.Dequeue();
                technician.SetOff(next, departure);
                open.Remove(next);
            }

            if (!standsBy && technician.HasLeft && route.Count == 0 && technician.Free < until)
                technician.EndDay();
        }

        plan = [.. ahead.Select(route => route.ToArray())];
    }

    private long SetsOff(TechnicianDay technician, int[] route)
    {
        long from = Math.Max(asOf, technician.Free);
        StopAhead[] ahead = OpenRoute.Ahead(day, technician, route);
        DepartureRange range = DeparturePolicy.Range(from, technician.HasLeft, ahead, day.Travel(route[^1], technician.Home), technician.ShiftEnd)
            ?? throw new InvalidOperationException($"{day.Name}: the plan of technician {technician.Home} cannot be kept at {from}.");
        return policy.SetOff(technician.HasLeft, range);
    }
}
