using Dispatch.Domain.Routing;
using Dispatch.Domain.Routing.Bounds;

namespace Domain.Tests.Routing.Bounds;

public sealed class RouteBoundTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void Bound_IsNeverAboveTheLeastPlan(long rounds)
    {
        for (int seed = 0; seed < 300; seed++)
        {
            RoutingProblem problem = SmallProblems.Any(seed, 5);
            long least = new LeastPlan(problem).Cost();
            long bound = RouteBound.Compute(problem, new BoundLimit(rounds)).Value;

            Assert.True(bound <= least, $"seed {seed}: bound {bound}, least cost {least}");
        }
    }

    [Fact]
    public void Bound_OfSmallTowns_IsMostlyTheLeastCostItself()
    {
        List<double> shares = [];
        for (int seed = 0; seed < 40; seed++)
        {
            RoutingProblem problem = SmallProblems.Town(seed, 3, 6, sameHome: seed % 2 == 0);
            shares.Add(RouteBound.Compute(problem, new BoundLimit(100)).Value / (double)new LeastPlan(problem).Cost());
        }

        Assert.True(shares.Average() > 0.98, $"mean {shares.Average()}");
        Assert.True(shares.Min() > 0.85, $"least {shares.Min()}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bound_OfTowns_IsBelowAndCloseToThePlanFound(bool sameHome)
    {
        List<double> shares = [];
        for (int seed = 0; seed < 3; seed++)
        {
            RoutingProblem problem = SmallProblems.Town(seed, 5, 25, sameHome);
            RoutingSearch search = new(problem, 1);
            search.Insert();
            search.Improve(new SearchLimit(4000));
            foreach (long rounds in new[] { 0, 1, 12, 40, 120 })
            {
                long bound = RouteBound.Compute(problem, new BoundLimit(rounds)).Value;
                Assert.True(bound <= search.Best.Cost, $"seed {seed}, rounds {rounds}: bound {bound}, plan {search.Best.Cost}");
                if (rounds == 120)
                    shares.Add(bound / (double)search.Best.Cost);
            }
        }

        Assert.True(shares.Average() > 0.85, $"mean {shares.Average()}");
    }

    [Fact]
    public void MoreRounds_NeverLowerTheBound()
    {
        RoutingProblem problem = SmallProblems.Town(5, 6, 25, sameHome: false);
        long[] bounds = [.. Enumerable.Range(0, 25).Select(rounds => RouteBound.Compute(problem, new BoundLimit(rounds)).Value)];

        Assert.Equal(bounds.Order(), bounds);
        Assert.True(bounds[^1] > bounds[0]);
    }

    [Fact]
    public void Result_IsTheSameEveryTimeWhateverTheThreads()
    {
        RoutingProblem problem = SmallProblems.Town(7, 8, 30, sameHome: false);
        BoundResult first = RouteBound.Compute(problem, new BoundLimit(15));

        Assert.Equal(first, RouteBound.Compute(problem, new BoundLimit(15)));
        Assert.Equal(first, RouteBound.Compute(problem, new BoundLimit(15) { Threads = 4 }));
    }

    [Fact]
    public void KnownPlan_EndsTheWorkOnceItIsProvenBest()
    {
        RoutingProblem problem = SmallProblems.Town(0, 3, 6, sameHome: true);
        RoutingSearch search = new(problem, 1);
        search.Insert();
        search.Improve(new SearchLimit(2000));
        BoundResult result = RouteBound.Compute(problem, new BoundLimit(500), search.Best);

        Assert.Equal(new LeastPlan(problem).Cost(), search.Best.Cost);
        Assert.True(result.IsExhausted);
        Assert.InRange(result.Value, search.Best.Cost * 98 / 100, search.Best.Cost);
    }

    [Fact]
    public void JobNobodyMayServe_CountsWithItsUnservedCost()
    {
        RoutingProblemBuilder builder = new(1, 2, 0, 0, 2);
        builder.SetTravel(0, 1, 10);
        builder.SetTravel(1, 0, 10);
        builder.SetTechnician(0, 0, 0, 0, 100, 100);
        for (int job = 0; job < 2; job++)
        {
            builder.SetJob(job, 1, 5);
            builder.AddUnservedCost(job, 1_000_000_000_000);
        }

        builder.Forbid(0, 1);

        Assert.Equal(1_000_000_000_025, RouteBound.Compute(builder.Build(), new BoundLimit(50)).Value);
    }

    [Fact]
    public void Limit_OfNoTimeAtAll_LeavesTheQuickBound()
    {
        RoutingProblem problem = SmallProblems.Town(1, 4, 15, sameHome: false);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        BoundResult result = RouteBound.Compute(problem, new BoundLimit(long.MaxValue) { Cancellation = cancelled.Token });

        Assert.Equal(0, result.Rounds);
        Assert.Equal(RouteBound.Compute(problem, new BoundLimit(0)), result);
        Assert.True(result.Value > 0);
    }
}
