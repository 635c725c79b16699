using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing;

/// <summary>What holds however many threads work: the same seed, rounds and threads give the same plan, and no plan is worse than the one begun with.</summary>
public sealed class ParallelSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void SmallProblem_HasTheSamePlanEveryTime(int threads)
    {
        RoutingProblem problem = City(60, 8, 3);

        Assert.Equal(Describe(Solve(problem, 4_000, threads)), Describe(Solve(problem, 4_000, threads)));
    }

    [Fact]
    public void LargeProblem_HasTheSamePlanWithAnyNumberOfThreads()
    {
        RoutingProblem problem = City(400, 40, 5);
        string one = Describe(Solve(problem, 9_000, 1));

        Assert.Equal(one, Describe(Solve(problem, 9_000, 1)));
        Assert.Equal(one, Describe(Solve(problem, 9_000, 2)));
        Assert.Equal(one, Describe(Solve(problem, 9_000, 4)));
    }

    [Theory]
    [InlineData(60, 8)]
    [InlineData(400, 40)]
    public void Improvement_IsWorthItsRounds(int jobs, int technicians)
    {
        RoutingProblem problem = City(jobs, technicians, 7);
        RoutingSearch search = new(problem, 1, 2);
        search.Insert();
        long inserted = search.Best.Cost;
        search.Improve(new SearchLimit(jobs * 60L));

        Assert.InRange(search.Best.Cost, 0, (long)(inserted * 0.99));
        Assert.Equal(search.Best.Cost, CostOf(problem, search.Best));
    }

    [Fact]
    public void Part_IsTheSameProblemForItsTechniciansAndJobs()
    {
        RoutingProblem whole = City(50, 10, 11);
        ProblemPart part = new(whole, [2, 5, 7], [3, 8, 9, 20, 41]);
        int[] partJob = new int[whole.Jobs];
        for (int j = 0; j < part.Jobs.Length; j++)
            partJob[part.Jobs[j]] = j;

        for (int a = 0; a < part.Problem.Nodes; a++)
        {
            for (int b = 0; b < part.Problem.Nodes; b++)
                Assert.Equal(whole.TravelBetween(part.WholeNode(a), part.WholeNode(b)), part.Problem.TravelBetween(a, b));
            Assert.Equal(whole.Close[part.WholeNode(a)], part.Problem.Close[a]);
        }

        for (int t = 0; t < 3; t++)
            for (int j = 0; j < 5; j++)
                Assert.Equal(whole.RuleOf(part.Technicians[t], part.Jobs[j]), part.Problem.RuleOf(t, j));
        int[] nodes = [whole.FirstNode[20], whole.DepotNode(0), whole.FirstNode[3]];
        Assert.Equal(nodes, part.Translate(nodes, partJob).Select(part.WholeNode));
    }

    /// <summary>Cost added up stop by stop, with every rule checked on the way.</summary>
    private static long CostOf(RoutingProblem problem, RoutingSolution solution)
    {
        long cost = solution.Unserved.Sum(job => problem.UnservedCost[job]);
        HashSet<int> served = [];
        for (int t = 0; t < problem.Technicians; t++)
        {
            long time = problem.Open[problem.StartNode(t)];
            int here = problem.StartNode(t);
            bool called = false;
            int[] stock = problem.Stock.AsSpan(t * problem.Consumables, problem.Consumables).ToArray();
            foreach (int node in solution.Routes[t].Append(problem.EndNode(t)))
            {
                int leg = problem.TravelBetween(here, node);
                cost += problem.TravelWeight * leg;
                time = Math.Max(time + leg, problem.Open[node]);
                Assert.True(time <= problem.Close[node]);
                time += problem.Service[node];
                called |= problem.IsDepot(node);
                if (problem.JobOf[node] is >= 0 and var job)
                {
                    Assert.True(served.Add(job));
                    Assert.True(problem.RuleOf(t, job) == PairRule.Allowed || (problem.RuleOf(t, job) == PairRule.AfterDepot && called));
                    for (int k = 0; k < stock.Length && !called; k++)
                        Assert.True((stock[k] -= problem.Demand[(job * stock.Length) + k]) >= 0);
                }

                here = node;
            }
        }

        Assert.Equal(problem.Jobs, served.Count + solution.Unserved.Length);
        return cost;
    }

    private static RoutingSolution Solve(RoutingProblem problem, long rounds, int threads)
    {
        RoutingSearch search = new(problem, 42, threads);
        search.Insert();
        search.Improve(new SearchLimit(rounds));
        return search.Best;
    }

    private static string Describe(RoutingSolution solution) =>
        $"{solution.Cost} {solution.Iterations} {string.Join(';', solution.Routes.Select(route => string.Join(',', route)))}";

    private static RoutingProblem City(int jobs, int technicians, int seed)
    {
        Random random = new(seed);
        int places = technicians + jobs + 1;
        RoutingProblemBuilder builder = new(technicians, jobs, 1, 2, places) { DurationWeight = 0, TravelWeight = 1 };
        (int X, int Y)[] at = [.. Enumerable.Range(0, places).Select(_ => (random.Next(1000), random.Next(1000)))];
        for (int i = 0; i < places; i++)
            for (int k = 0; k < places; k++)
                builder.SetTravel(i, k, Math.Abs(at[i].X - at[k].X) + Math.Abs(at[i].Y - at[k].Y));
        builder.SetDepot(0, places - 1, 10);
        for (int t = 0; t < technicians; t++)
        {
            builder.SetTechnician(t, t, t, 0, 30_000, 30_000);
            for (int k = 0; k < 2; k++)
                builder.SetStock(t, k, random.Next(1, 6));
        }

        for (int j = 0; j < jobs; j++)
        {
            int opens = random.Next(20_000);
            builder.SetJob(j, technicians + j, 200);
            builder.SetWindows(j, [(opens, opens + 6_000)]);
            builder.SetDemand(j, random.Next(2), random.Next(3));
            builder.AddUnservedCost(j, 10_000_000);
            for (int t = 0; t < technicians; t++)
            {
                if (random.Next(3) == 0)
                    builder.Forbid(t, j);
                else if (random.Next(5) == 0)
                    builder.RequireDepot(t, j);
            }
        }

        return builder.Build();
    }
}
