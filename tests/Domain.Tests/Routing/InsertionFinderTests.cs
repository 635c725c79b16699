using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing;

/// <summary>The cheapest way in, found eight positions at a time, against trying every position and driving the result.</summary>
public sealed class InsertionFinderTests
{
    [Fact]
    public void CheapestInsertion_IsThatOfTryingEveryPosition()
    {
        int compared = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            RoutingProblem problem = Problem(seed);
            Route route = new(problem, 0);
            route.Refresh(1);
            InsertionFinder finder = new(problem);
            for (int job = 0; job < problem.Jobs; job++)
            {
                Insertion found = finder.Find(route, job);
                (long Cost, int[] Nodes)? best = BestByTrying(problem, route.Nodes.ToArray(), job);

                Assert.True(found.Exists == best is not null, $"seed {seed}, job {job}");
                if (best is not { } expected)
                    continue;
                Assert.True(found.Delta == expected.Cost - CostOf(problem, route.Nodes.ToArray()), $"seed {seed}, job {job}: {found}");
                route.Insert(found.Node, found.At);
                Assert.True(route.Refresh(job + 2));
                Assert.Equal(expected.Cost, route.Cost);
                compared++;
            }
        }

        Assert.InRange(compared, 2_000, int.MaxValue);
    }

    private static (long Cost, int[] Nodes)? BestByTrying(RoutingProblem problem, int[] nodes, int job)
    {
        (long Cost, int[] Nodes)? best = null;
        for (int node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
        {
            for (int at = 1; at < nodes.Length; at++)
            {
                int[] tried = [.. nodes[..at], node, .. nodes[at..]];
                if (CostOf(problem, tried) is var cost && cost < (best?.Cost ?? long.MaxValue))
                    best = (cost, tried);
            }
        }

        return best;
    }

    /// <summary>Cost by trying every departure; <see cref="long.MaxValue"/> where no departure keeps every window.</summary>
    private static long CostOf(RoutingProblem problem, int[] nodes)
    {
        long best = long.MaxValue;
        for (long leaves = problem.Open[nodes[0]]; leaves <= problem.Close[nodes[0]]; leaves++)
        {
            long time = leaves;
            long travel = 0;
            int place = problem.PlaceOf[nodes[0]];
            bool stands = true;
            foreach (int node in nodes[1..])
            {
                int next = problem.PlaceOf[node] < 0 ? place : problem.PlaceOf[node];
                int leg = problem.PlaceOf[node] < 0 ? 0 : problem.Travel[(place * problem.Places) + next];
                (travel, place) = (travel + leg, next);
                time = Math.Max(time + leg, problem.Open[node]);
                stands &= time <= problem.Close[node];
                time += problem.Service[node];
            }

            if (stands)
                best = Math.Min(best, (problem.DurationWeight * (time - leaves)) + (problem.TravelWeight * travel));
        }

        // Overtime is counted from the earliest end there is at the least duration; leaving earlier only adds waiting.
        return best == long.MaxValue ? best : best + Overtime(problem, nodes);
    }

    private static long Overtime(RoutingProblem problem, int[] nodes)
    {
        if (problem.OvertimePrice is null)
            return 0;
        long time = problem.Open[nodes[0]];
        int place = problem.PlaceOf[nodes[0]];
        foreach (int node in nodes[1..])
        {
            int next = problem.PlaceOf[node] < 0 ? place : problem.PlaceOf[node];
            time = Math.Max(time + (problem.PlaceOf[node] < 0 ? 0 : problem.Travel[(place * problem.Places) + next]), problem.Open[node]) + problem.Service[node];
            place = next;
        }

        return problem.OvertimePrice[0] * Math.Max(0, time - problem.OvertimeFrom![0]);
    }

    private static RoutingProblem Problem(int seed)
    {
        Random random = new(seed);
        const int Jobs = 14;
        (int duration, int travel) = (seed % 4) switch { 0 => (0, 1), 1 => (1, 0), 2 => (2, 3), _ => (3, -1) };
        RoutingProblemBuilder builder = new(1, Jobs, 0, 0, Jobs + 1) { DurationWeight = duration, TravelWeight = travel };
        (int X, int Y)[] at = [.. Enumerable.Range(0, Jobs + 1).Select(_ => (random.Next(30), random.Next(30)))];
        for (int i = 0; i <= Jobs; i++)
            for (int k = 0; k <= Jobs; k++)
                builder.SetTravel(i, k, Math.Abs(at[i].X - at[k].X) + Math.Abs(at[i].Y - at[k].Y) + (i < k ? 1 : 0));
        int earliest = random.Next(20);
        builder.SetTechnician(0, Jobs, random.Next(3) == 0 ? -1 : Jobs, earliest, random.Next(2) == 0 ? earliest : 300, 500);
        if (seed % 3 == 0)
            builder.SetOvertime(0, random.Next(100, 300), random.Next(1, 4));
        for (int j = 0; j < Jobs; j++)
        {
            int opens = random.Next(250);
            // Every fourth is made wherever the technician is, like a break.
            if (random.Next(4) == 0)
                builder.SetFloating(j, random.Next(15));
            else
                builder.SetJob(j, j, random.Next(15));
            builder.SetWindows(j, [(opens, opens + random.Next(200)), (opens + 250, opens + 260)]);
            builder.AddUnservedCost(j, 1_000_000);
        }

        return builder.Build();
    }
}
