using System.Diagnostics.CodeAnalysis;
using Dispatch.Bench.Instances;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Routing;

/// <summary>
/// Vehicle routing with time windows as a routing problem: interchangeable technicians who start with as many units as a vehicle carries and know no
/// depot to fetch more from. Distance is the cost.
/// </summary>
public sealed class VrptwAdapter : InstanceAdapter
{
    private readonly VrptwInstance instance;
    private readonly bool truncated;

    /// <param name="instance">The instance.</param>
    /// <param name="truncated">Each arc cut to one decimal, as the DIMACS challenge counts; else double precision.</param>
    [SetsRequiredMembers]
    public VrptwAdapter(VrptwInstance instance, bool truncated)
    {
        this.instance = instance;
        this.truncated = truncated;
        Name = instance.Name;
        Problem = Build();
    }

    public override string BestColumn => truncated ? "best_distance_dimacs" : "best_distance";

    // Truncated arcs are whole tenths; otherwise fine enough that rounding up costs nothing that counts.
    private long TicksPerUnit => truncated ? 10 : 100_000;

    public override int[][] RoutesOf(RoutingSolution solution) =>
        [.. solution.Routes.Where(route => !route.IsEmpty).Select(route => route.Select(node => Problem.JobOf[node] + 1).ToArray())];

    public override double CostOf(RoutingSolution solution)
    {
        var cost = 0.0;
        foreach (var route in RoutesOf(solution))
        {
            var here = 0;
            foreach (var customer in route.Append(0))
            {
                cost += Arc(here, customer);
                here = customer;
            }
        }

        return cost;
    }

    public override double Comparable(double cost) => cost;

    private RoutingProblem Build()
    {
        var customers = instance.Customers;
        var jobs = customers.Count - 1;
        var builder = new RoutingProblemBuilder(instance.Vehicles, jobs, 0, 1, customers.Count) { DurationWeight = 0, TravelWeight = 1 };
        for (var i = 0; i < customers.Count; i++)
        {
            for (var k = 0; k < customers.Count; k++)
            {
                builder.SetTravel(i, k, (int)Math.Ceiling((Arc(i, k) * TicksPerUnit) - 1e-6));
            }
        }

        for (var t = 0; t < instance.Vehicles; t++)
        {
            builder.SetTechnician(t, 0, 0, Ticks(customers[0].Opens), Ticks(customers[0].Closes), Ticks(customers[0].Closes), sameClass: 0);
            builder.SetStock(t, 0, instance.Capacity);
        }

        for (var j = 0; j < jobs; j++)
        {
            var customer = customers[j + 1];
            builder.SetJob(j, customer.Id, Ticks(customer.Service));
            builder.SetWindows(j, [(Ticks(customer.Opens), Ticks(customer.Closes))]);
            builder.SetDemand(j, 0, customer.Demand);
            builder.AddUnservedCost(j, 1L << 45);
        }

        return builder.Build();
    }

    private double Arc(int i, int k)
    {
        var (a, b) = (instance.Customers[i], instance.Customers[k]);
        var distance = Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
        return truncated ? Math.Floor(distance * 10) / 10 : distance;
    }

    private long Ticks(double units) => (long)Math.Round(units * TicksPerUnit);
}
