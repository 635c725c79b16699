using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dispatch.Domain.Routing;
using Dispatch.Instances;

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
    /// <exception cref="InstanceFileException">A customer can be served by no vehicle, even as the only one.</exception>
    [SetsRequiredMembers]
    public VrptwAdapter(VrptwInstance instance, bool truncated)
    {
        this.instance = instance;
        this.truncated = truncated;
        Name = instance.Name;
        TicksPerUnit = truncated ? 10 : Finest(instance.Customers[0].Closes);
        RequireReach();
        Problem = Build();
    }

    public bool IsTruncated => truncated;

    public override string BestColumn => truncated ? "best_distance_dimacs" : "best_distance";

    /// <summary>Truncated arcs are whole tenths; otherwise fine enough that rounding up costs nothing that counts.</summary>
    public long TicksPerUnit { get; }

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
        var vehicles = Math.Min(instance.Vehicles, jobs);
        var builder = new RoutingProblemBuilder(vehicles, jobs, 0, 1, customers.Count) { DurationWeight = 0, TravelWeight = 1 };
        for (var i = 0; i < customers.Count; i++)
        {
            for (var k = 0; k < customers.Count; k++)
            {
                builder.SetTravel(i, k, (int)Math.Min(Way(i, k), RoutingProblem.Unreachable));
            }
        }

        for (var t = 0; t < vehicles; t++)
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

    /// <summary>
    /// A customer whom a vehicle cannot serve on a tour of their own is in no plan, and what is cheap about leaving them out would be no
    /// result.
    /// </summary>
    private void RequireReach()
    {
        VrptwCustomer depot = instance.Customers[0];
        foreach (VrptwCustomer customer in instance.Customers.Skip(1))
        {
            long way = Way(0, customer.Id),
                start = Math.Max(Ticks(depot.Opens) + way, Ticks(customer.Opens));
            string? lacking =
                customer.Demand > instance.Capacity
                    ? $"the demand of {customer.Demand} is more than the {instance.Capacity} a vehicle carries"
                : start > Ticks(customer.Closes)
                    ? $"it is {Text(Arc(0, customer.Id))} from the depot, and the window closes at {Text(customer.Closes)}"
                : start + Ticks(customer.Service) + Way(customer.Id, 0) > Ticks(depot.Closes)
                    ? $"the way back of {Text(Arc(customer.Id, 0))} ends after the depot closes at {Text(depot.Closes)}"
                : null;
            if (lacking is not null)
                throw new InstanceFileException(
                    instance.File,
                    customer.Line,
                    $"Customer {customer.Id} can be served by no vehicle: {lacking}."
                );
        }
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The finest resolution, in powers of ten, at which a day fits the horizon of the solver.</summary>
    private static long Finest(double day)
    {
        long ticks = 100_000;
        while (day * ticks > RoutingProblem.MaxHorizon)
            ticks /= 10;
        return ticks;
    }

    private long Way(int i, int k) => (long)Math.Ceiling((Arc(i, k) * TicksPerUnit) - 1e-6);

    private double Arc(int i, int k)
    {
        var (a, b) = (instance.Customers[i], instance.Customers[k]);
        var distance = Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
        return truncated ? Math.Floor(distance * 10) / 10 : distance;
    }

    private long Ticks(double units) => (long)Math.Round(units * TicksPerUnit);
}
