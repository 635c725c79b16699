using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing;

public sealed class RoutingSearchTests
{
    [Fact]
    public void InsertionDelta_IsTheChangeOfTheRoutesCost()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var problem = RandomProblem(seed);
            var state = new SearchState(problem);
            var finder = new InsertionFinder(problem);
            foreach (var job in state.Unserved.ToArray())
            {
                var technician = (job + seed) % problem.Technicians;
                var before = state.Routes[technician].Cost;
                var insertion = finder.Find(state.Routes[technician], job);
                if (!insertion.Exists)
                {
                    continue;
                }

                state.Apply(technician, insertion);
                state.Unserved.Remove(job);
                Assert.True(state.Routes[technician].Cost - before == insertion.Delta, $"seed {seed}, job {job}");
            }

            Assert.Equal(CostFromScratch(state), state.Cost);
        }
    }

    [Fact]
    public void FallBack_RestoresTheKeptRoutes()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var problem = RandomProblem(seed);
            var state = new SearchState(problem);
            var chance = new Xoshiro(5);
            var recreate = new Recreate(state);
            recreate.Run(ref chance, blinks: false);
            state.Keep();
            var before = Describe(state);
            var ruin = new StringRemoval(state, new Neighbours(problem, 100));
            ruin.Ruin(ref chance);
            recreate.Run(ref chance, blinks: true);
            state.SettleDepots();
            Assert.Equal(CostFromScratch(state), state.Cost);
            state.FallBack();

            Assert.Equal(before, Describe(state));
            Assert.Equal(CostFromScratch(state), state.Cost);
        }
    }

    [Fact]
    public void InterchangeableTechnicians_FindTheSameCostAsUnlikeOnes()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (alike, unlike) = (Identical(seed, 0), Identical(seed, -1));
            var (first, second) = (new RoutingSearch(alike, 1), new RoutingSearch(unlike, 1));
            first.Insert();
            second.Insert();

            Assert.Equal(second.Best.Cost, first.Best.Cost);
        }
    }

    [Fact]
    public void Limit_EndsByRoundsByTimeAndByCancellation()
    {
        var problem = RandomProblem(3);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Equal(17, Rounds(problem, new SearchLimit(17)));
        Assert.Equal(0, Rounds(problem, new SearchLimit(long.MaxValue, cancellation.Token)));
        // Each look at this clock takes a second; the search looks once in 32 rounds and once at the start.
        var clock = new TickingClock();
        Assert.Equal(96, Rounds(problem, new SearchLimit(long.MaxValue, TimeSpan.FromSeconds(4), clock, clock.GetTimestamp())));
    }

    [Fact]
    public void Chance_IsTheSameEverywhere()
    {
        // From an independent computation of xoshiro256** with splitmix64 of 42.
        var chance = new Xoshiro(42);
        Assert.Equal([1546998764402558742UL, 6990951692964543102UL, 12544586762248559009UL], [chance.Next(), chance.Next(), chance.Next()]);
        var seen = new int[7];
        for (var i = 0; i < 7000; i++)
        {
            seen[chance.Below(7)]++;
        }

        Assert.All(seen, count => Assert.InRange(count, 880, 1120));
    }

    private static long Rounds(RoutingProblem problem, SearchLimit limit)
    {
        var search = new RoutingSearch(problem, 1);
        search.Insert();
        search.Improve(limit);
        return search.Best.Iterations;
    }

    private static long CostFromScratch(SearchState state)
    {
        var problem = state.Problem;
        long cost = 0;
        var served = new HashSet<int>();
        foreach (var route in state.Routes)
        {
            var (time, latest) = (problem.Open[route.Nodes[0]], problem.Close[route.Nodes[0]]);
            long travel = 0, wait = 0;
            var slack = latest - time;
            for (var i = 1; i < route.Count; i++)
            {
                var node = route.Nodes[i];
                var leg = problem.TravelBetween(route.Nodes[i - 1], node);
                travel += leg;
                time += leg;
                wait += Math.Max(0, problem.Open[node] - time);
                time = Math.Max(time, problem.Open[node]);
                Assert.True(time <= problem.Close[node]);
                slack = Math.Min(slack, wait + problem.Close[node] - time);
                time += problem.Service[node];
                cost += problem.NodeCost[node];
                if (problem.JobOf[node] is >= 0 and var job)
                {
                    Assert.True(served.Add(job));
                    Assert.Equal(route.Technician, state.RouteOf(job));
                    cost += problem.CostOfPair(route.Technician, job);
                }
            }

            cost += (problem.DurationWeight * (time - problem.Open[route.Nodes[0]] - Math.Min(slack, wait))) + (problem.TravelWeight * travel);
        }

        return cost + Enumerable.Range(0, problem.Jobs).Where(job => !served.Contains(job)).Sum(job => problem.UnservedCost[job]);
    }

    private static string Describe(SearchState state) =>
        string.Join('\n', state.Routes.ToArray().Select(route => string.Join(',', route.Nodes.ToArray()))) + "\n" + string.Join(',', state.Unserved);

    private static RoutingProblem RandomProblem(int seed)
    {
        var random = new Random(seed);
        var (technicians, jobs, depots, parts) = (random.Next(1, 5), random.Next(1, 15), random.Next(0, 3), random.Next(0, 3));
        var builder = new RoutingProblemBuilder(technicians, jobs, depots, parts, technicians + jobs + depots)
        {
            DurationWeight = random.Next(0, 3),
            TravelWeight = random.Next(1, 3),
        };
        FillTravel(builder, random, technicians + jobs + depots);
        for (var t = 0; t < technicians; t++)
        {
            builder.SetTechnician(t, t, random.Next(4) == 0 ? -1 : t, random.Next(50), random.Next(2) == 0 ? 50 : 500, random.Next(400, 900));
            for (var k = 0; k < parts; k++)
            {
                builder.SetStock(t, k, random.Next(4));
            }
        }

        for (var j = 0; j < jobs; j++)
        {
            var opens = random.Next(300);
            builder.SetJob(j, technicians + j, random.Next(20));
            builder.SetWindows(j, [(opens, opens + random.Next(300)), (opens + 100, opens + 200)]);
            builder.AddUnservedCost(j, 1_000_000);
            builder.AddJobCost(j, random.Next(5));
            for (var k = 0; k < parts; k++)
            {
                builder.SetDemand(j, k, random.Next(3));
            }

            for (var t = 0; t < technicians; t++)
            {
                builder.AddPairCost(t, j, random.Next(10));
                if (random.Next(4) == 0)
                {
                    builder.RequireDepot(t, j);
                }
            }
        }

        for (var d = 0; d < depots; d++)
        {
            builder.SetDepot(d, technicians + jobs + d, random.Next(10));
            builder.AddDepotCost(d, random.Next(10));
        }

        return builder.Build();
    }

    private static RoutingProblem Identical(int seed, int sameClass)
    {
        var random = new Random(seed);
        var builder = new RoutingProblemBuilder(6, 12, 0, 1, 13);
        FillTravel(builder, random, 13);
        for (var t = 0; t < 6; t++)
        {
            builder.SetTechnician(t, 0, 0, 0, 1000, 1000, sameClass: sameClass);
            builder.SetStock(t, 0, 5);
        }

        for (var j = 0; j < 12; j++)
        {
            builder.SetJob(j, j + 1, 5);
            builder.SetDemand(j, 0, random.Next(1, 3));
            builder.AddUnservedCost(j, 1_000_000);
        }

        return builder.Build();
    }

    private static void FillTravel(RoutingProblemBuilder builder, Random random, int places)
    {
        var points = Enumerable.Range(0, places).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        for (var i = 0; i < places; i++)
        {
            for (var k = 0; k < places; k++)
            {
                builder.SetTravel(i, k, Math.Abs(points[i].X - points[k].X) + Math.Abs(points[i].Y - points[k].Y));
            }
        }
    }

    private sealed class TickingClock : TimeProvider
    {
        private long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds++;
    }
}
