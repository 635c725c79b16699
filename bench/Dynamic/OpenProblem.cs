using System.Collections.Immutable;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Dynamic;

/// <summary>
/// The rest of a day as a routing problem: every technician begins where the work in hand ends, with what is left on board; jobs are the requests
/// that are known and not begun, in the state's order.
/// </summary>
public sealed class OpenProblem
{
    /// <summary>More than the longest possible sum of routes, so that serving one more is always worth it.</summary>
    private const long Unserved = 1L << 50;

    private readonly DayState state;

    public OpenProblem(DayState state)
    {
        this.state = state;
        DayInstance day = state.Day;
        var builder = new RoutingProblemBuilder(day.Crew, state.Open.Count, 1, day.Parts, day.Rows.Count);
        for (int i = 0; i < day.Rows.Count; i++)
        {
            for (int k = 0; k < day.Rows.Count; k++)
                builder.SetTravel(i, k, day.Travel(i, k));
        }

        builder.SetDepot(0, 0, day.Service(0));
        builder.SetDepotHours(0, day.Opens(0), day.Closes(0));
        foreach (TechnicianDay technician in state.Crew)
            AddTechnician(builder, technician);
        for (int job = 0; job < state.Open.Count; job++)
            AddJob(builder, job);
        Problem = builder.Build();
    }

    public RoutingProblem Problem { get; }

    /// <summary>A plan in row numbers as routes of the problem; requests that are no longer open are left out.</summary>
    public ImmutableArray<ImmutableArray<int>> RoutesOf(IReadOnlyList<IReadOnlyList<int>> plan)
    {
        Dictionary<int, int> jobs = state.Open.Select((request, job) => (request, job)).ToDictionary(pair => pair.request, pair => pair.job);
        return
        [
            .. plan.Select(route => route
                .Where(node => node == 0 || jobs.ContainsKey(node))
                .Select(node => node == 0 ? Problem.DepotNode(0) : Problem.FirstNode[jobs[node]])
                .ToImmutableArray()),
        ];
    }

    /// <summary>A solution in row numbers.</summary>
    public IReadOnlyList<IReadOnlyList<int>> PlanOf(RoutingSolution solution) =>
        [.. solution.Routes.Select(route => route.Select(node => Problem.IsDepot(node) ? 0 : state.Open[Problem.JobOf[node]]).ToArray())];

    private void AddTechnician(RoutingProblemBuilder builder, TechnicianDay technician)
    {
        int t = technician.Technician;
        long from = Math.Max(state.Now, technician.Free);
        // Away from home time counts whether or not anybody moves, so that there the start is fixed.
        builder.SetTechnician(
            t, technician.Place, technician.Home, from, technician.HasLeft ? from : technician.ShiftEnd, technician.ShiftEnd, depotDone: technician.DepotDone);
        // Who has nothing ahead goes home as soon as the work in hand is done; waiting since then is paid for by whatever comes next.
        if (technician.HasLeft)
            builder.AddUseCost(t, from - technician.Free);
        for (int part = 0; part < technician.Stock.Count; part++)
            builder.SetStock(t, part, technician.Stock[part]);
    }

    private void AddJob(RoutingProblemBuilder builder, int job)
    {
        DayInstance day = state.Day;
        int request = state.Open[job];
        builder.SetJob(job, request, day.Service(request));
        builder.SetWindows(job, [(day.Opens(request), day.Closes(request))]);
        builder.AddUnservedCost(job, Unserved);
        for (int part = 0; part < day.Parts; part++)
            builder.SetDemand(job, part, day.Rows[request].Parts[part]);

        foreach (TechnicianDay technician in state.Crew)
        {
            if (technician.IsOver || !day.IsAble(technician.Technician, request))
                builder.Forbid(technician.Technician, job);
            else if (!day.HasTools(technician.Technician, request))
                builder.RequireDepot(technician.Technician, job);
        }
    }
}
