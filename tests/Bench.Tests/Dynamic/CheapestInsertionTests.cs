using Dispatch.Bench.Dynamic;
using Dispatch.Instances;

namespace Bench.Tests.Dynamic;

public sealed class CheapestInsertionTests
{
    /// <summary>Two homes on a line at 0 and 100, the depot at 50; requests open all day.</summary>
    private static DayState State(IReadOnlyList<IReadOnlyList<int>> plan, params TrspRow[] requests)
    {
        TrspRow Row(int id, double x, int[] tools, int[] parts) => new(id, x, 0, 0, 1000, 0, [], tools, parts);
        var instance = new TrspInstance("line", 2, 1, 1, 1, [Row(0, 50, [], [0]), Row(1, 0, [], [1]), Row(2, 100, [1], [1]), .. requests]);
        var day = new DayInstance(instance);
        return new DayState(day, 0, [new TechnicianDay(day, 0), new TechnicianDay(day, 1)], [.. requests.Select(row => row.Id)], plan);
    }

    private static TrspRow Request(int id, double x, int[]? tools = null, int parts = 0) => new(id, x, 0, 0, 1000, 5, [], tools ?? [], [parts]);

    [Fact]
    public void Request_GoesWhereItAddsLeast_AndWhatIsPlannedStays()
    {
        IReadOnlyList<IReadOnlyList<int>> plan = new CheapestInsertion().Plan(State([[3], []], Request(3, 30), Request(4, 20), Request(5, 90)));

        Assert.Equal([5], plan[1]);
        Assert.Equal([3, 4], plan[0].Order());
    }

    [Fact]
    public void MissingTool_IsFetchedAtTheDepot_OrAnotherGoes()
    {
        // Technician 1 has no tool: from home by the depot to 60 and back is 120; technician 2 has it and goes 80.
        Assert.Equal([3], new CheapestInsertion().Plan(State([[], []], Request(3, 60, [1])))[1]);
        // At 45 it is 100 by the depot against 110.
        Assert.Equal([0, 3], new CheapestInsertion().Plan(State([[], []], Request(3, 45, [1])))[0]);
    }

    [Fact]
    public void SecondUnitOfAPart_NeedsTheDepotInFront()
    {
        IReadOnlyList<int> route = new CheapestInsertion().Plan(State([[], []], Request(3, 10, parts: 1), Request(4, 12, parts: 1)))[0];

        Assert.Contains(0, route);
        Assert.Equal(2, route.Count(node => node != 0));
    }
}
