using System.Globalization;
using Dispatch.Bench.Routing;
using Dispatch.Domain.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Routing;

/// <summary>
/// The numbers of an instance may be large: the resolution of the solver follows its day, so that a long way stays a way.
/// </summary>
public class WideInstanceTests
{
    private const int Customers = 12;

    private static VrptwInstance Wide(double scale) =>
        VrptwInstance.Parse(
            "wide.txt",
            "WIDE\n4 100\n"
                + string.Join(
                    '\n',
                    Enumerable
                        .Range(0, Customers + 1)
                        .Select(i =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{i} {scale * (i * 7 % 13)} {scale * (i * 5 % 11)} "
                                    + $"{(i == 0 ? 0 : 5)} 0 {scale * 230} {(i == 0 ? 0 : scale)}"
                            )
                        )
                )
        );

    /// <summary>A customer 30,000 away is one like any other where the day is long enough, up to the ends of what is read.</summary>
    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(46, 100_000)]
    [InlineData(2_500, 1_000)]
    [InlineData(4_347, 1_000)]
    public void AnInstanceScaledUp_IsSolvedAsWell(double scale, long resolution)
    {
        VrptwAdapter adapter = new(Wide(scale), truncated: false);
        RoutingSolution solution = Solve(adapter);

        Assert.Equal(resolution, adapter.TicksPerUnit);
        Assert.Empty(solution.Unserved);
        Assert.Equal(scale * adapterCost(), adapter.CostOf(solution), scale * 0.01);

        double adapterCost() => new VrptwAdapter(Wide(1), truncated: false) is var small ? small.CostOf(Solve(small)) : 0;
    }

    [Fact]
    public void ATruncatedInstanceScaledUp_IsSolvedAsWell() => Assert.Empty(Solve(new VrptwAdapter(Wide(4_347), truncated: true)).Unserved);

    /// <summary>More vehicles than customers change nothing, and cost no memory.</summary>
    [Fact]
    public void AMillionVehicles_AreAsManyAsThereAreCustomers()
    {
        VrptwAdapter adapter = new(Wide(1) with { Vehicles = 1_000_000 }, truncated: false);

        Assert.Equal(Customers, adapter.Problem.Technicians);
        Assert.Empty(Solve(adapter).Unserved);
    }

    private static RoutingSolution Solve(VrptwAdapter adapter)
    {
        RoutingSearch search = new(adapter.Problem, 1);
        search.Insert();
        search.Improve(new SearchLimit(2_000));
        return search.Best;
    }
}
