using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing.Bounds;

/// <summary>Random problems with everything a problem can have: one-way travel, no way at all, several windows, breaks, overtime, depots, parts, limits, prices of every kind.</summary>
internal static class SmallProblems
{
    public static RoutingProblem Any(int seed, int mostJobs)
    {
        Random random = new(seed);
        int technicians = random.Next(1, 4), jobs = random.Next(1, mostJobs + 1), depots = random.Next(0, 3), parts = random.Next(0, 3);
        RoutingProblemBuilder builder = new(technicians, jobs, depots, parts, technicians + jobs + depots)
        {
            DurationWeight = random.Next(0, 3),
            TravelWeight = random.Next(0, 3),
        };
        FillTravel(builder, random, technicians + jobs + depots, blocked: random.Next(3) == 0 ? 12 : 0);
        for (int t = 0; t < technicians; t++)
            AddTechnician(builder, random, t, parts);
        for (int j = 0; j < jobs; j++)
            AddJob(builder, random, j, technicians, parts);
        for (int d = 0; d < depots; d++)
        {
            builder.SetDepot(d, technicians + jobs + d, random.Next(10));
            builder.AddDepotCost(d, random.Next(-3, 10));
            if (random.Next(2) == 0)
                builder.SetDepotHours(d, random.Next(50), random.Next(50, 400));
        }

        return builder.Build();
    }

    /// <summary>A crew with homes over the town, every job for everybody, windows of a fifth of the day; what serving costs is what counts.</summary>
    public static RoutingProblem Town(int seed, int technicians, int jobs, bool sameHome)
    {
        Random random = new(seed);
        RoutingProblemBuilder builder = new(technicians, jobs, 0, 1, technicians + jobs) { DurationWeight = sameHome ? 0 : 1, TravelWeight = sameHome ? 1 : 0 };
        FillTravel(builder, random, technicians + jobs, blocked: 0);
        for (int t = 0; t < technicians; t++)
        {
            int home = sameHome ? 0 : t;
            builder.SetTechnician(t, home, home, 0, 1000, 1000, sameClass: sameHome ? 0 : -1);
            builder.SetStock(t, 0, 12);
        }

        for (int j = 0; j < jobs; j++)
        {
            int opens = random.Next(0, 700);
            builder.SetJob(j, technicians + j, 10);
            builder.SetWindows(j, [(opens, opens + 200)]);
            builder.SetDemand(j, 0, random.Next(1, 4));
            builder.AddUnservedCost(j, 1_000_000);
        }

        return builder.Build();
    }

    private static void AddTechnician(RoutingProblemBuilder builder, Random random, int t, int parts)
    {
        int twin = t > 0 && random.Next(4) == 0 ? t - 1 : t;
        builder.SetTechnician(
            t,
            twin,
            random.Next(4) == 0 ? -1 : twin,
            random.Next(50),
            random.Next(2) == 0 ? 0 : 500,
            random.Next(8) == 0 ? 20 : random.Next(300, 900),
            random.Next(3) == 0 ? random.Next(0, 4) : int.MaxValue,
            random.Next(5) == 0,
            // Classes that say too much are not believed.
            random.Next(3) == 0 ? 0 : -1);
        if (random.Next(3) == 0)
            builder.AddUseCost(t, random.Next(-10, 60));
        if (random.Next(3) == 0)
            builder.SetOvertime(t, random.Next(100, 500), random.Next(1, 4));
        for (int k = 0; k < parts; k++)
            builder.SetStock(t, k, random.Next(5));
    }

    private static void AddJob(RoutingProblemBuilder builder, Random random, int j, int technicians, int parts)
    {
        int opens = random.Next(300);
        // The same place twice and no service make time stand still.
        builder.SetJob(j, technicians + (random.Next(5) == 0 ? 0 : j), random.Next(3) == 0 ? 0 : random.Next(30));
        if (random.Next(6) == 0)
            builder.SetFloating(j, random.Next(30));
        builder.SetWindows(j, random.Next(8) switch
        {
            0 => [],
            < 4 => [(opens, opens + random.Next(200))],
            4 => [(0, RoutingProblem.MaxHorizon)],
            _ => [(opens, opens + random.Next(100)), (opens + 150, opens + 200)],
        });
        builder.AddUnservedCost(j, random.Next(3) == 0 ? random.Next(150) : 1_000_000);
        builder.AddJobCost(j, random.Next(-2, 5));
        for (int k = 0; k < parts; k++)
            builder.SetDemand(j, k, random.Next(3));
        for (int t = 0; t < technicians; t++)
        {
            if (random.Next(2) == 0)
                builder.AddPairCost(t, j, random.Next(-5, 10));
            if (random.Next(5) == 0)
                builder.RequireDepot(t, j);
            if (random.Next(6) == 0)
                builder.Forbid(t, j);
        }
    }

    private static void FillTravel(RoutingProblemBuilder builder, Random random, int places, int blocked)
    {
        (int X, int Y)[] points = [.. Enumerable.Range(0, places).Select(_ => (random.Next(100), random.Next(100)))];
        for (int i = 0; i < places; i++)
        {
            for (int k = 0; k < places; k++)
            {
                int way = Math.Abs(points[i].X - points[k].X) + Math.Abs(points[i].Y - points[k].Y) + (i < k ? random.Next(8) : 0);
                builder.SetTravel(i, k, i != k && random.Next(100) < blocked ? RoutingProblem.Unreachable : way);
            }
        }
    }
}
