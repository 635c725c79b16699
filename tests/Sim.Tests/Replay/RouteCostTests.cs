using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.Replay;

public sealed class RouteCostTests
{
    [Fact]
    public void RouteLeavesHomeAsLateAsItsWindowsAllow()
    {
        // 10,0 → 3 at 10,4 (4 away, opens 20): leaves at 16, works 20–25; → 4 at 13,8 (5 away): 30–35; home √(9+64) away.
        double home = Math.Sqrt(73);
        DayCost cost = RouteCost.OfRoutes(Small.Instance, [[3, 4], []]);
        Assert.Equal(35 + home - 16, cost.Total, 9);
        Assert.Equal(35 + home - 16 - 10, cost.Movable, 9);
        Assert.Equal(0, cost.Late);
    }

    [Fact]
    public void WaitingThatALaterWindowForces_Counts()
    {
        // 3 must begin by 30 and 5, behind a depot call, not before 40: leaving at 26, begun 30–35, depot √116 on, then 5 away at 40 at the earliest.
        double depot = Math.Sqrt(10 * 10 + 4 * 4), home = Math.Sqrt(7 * 7 + 4 * 4);
        double end = Math.Max(35 + depot + 5, 40) + 10 + home;
        Assert.Equal(end - 26, RouteCost.OfRoutes(Small.Instance, [[3, 0, 5], []]).Total, 9);
    }

    [Fact]
    public void RouteThatMissesAWindow_SaysByHowMuch() =>
        // To 5, which opens at 40 and lasts 10; then √116 to 4, which lasts 5; then 5 to 3, which closed at 30.
        Assert.Equal(40 + 10 + Math.Sqrt(116) + 5 + 5 - 30, RouteCost.OfRoutes(Small.Instance, [[5, 4, 3], []]).Late, 9);

    [Fact]
    public void DayAsDriven_RunsFromTheFirstDepartureToHome()
    {
        DayCost cost = RouteCost.OfDay(Small.Instance, [[Stop(3, depart: 10, start: 20), Stop(4, 25, 30)], [Stop(6, 41, 51)]]);
        Assert.Equal(35 + Math.Sqrt(73) - 10 + (51 + 5 + 10 - 41), cost.Total, 9);
        Assert.Equal(cost.Total - 15, cost.Movable, 9);
        Assert.Equal(0, Math.Max(0, cost.Late));
        Assert.Equal(0.5, RouteCost.OfDay(Small.Instance, [[], [Stop(6, 41, 53)]]).Late, 9);
        Assert.Equal(0.25, cost.GapTo(cost.Movable / 1.25), 9);
    }

    private static DrivenStop Stop(int node, double depart, double start) => new(node, DayTime.Zero, new DayTime(depart), new DayTime(start));
}
