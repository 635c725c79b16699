using System.Diagnostics.CodeAnalysis;
using Dispatch.Domain.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Routing;

/// <summary>Technician routing: one list per technician, 0 is the depot call; compared on the part that planning can change.</summary>
public sealed class TrspAdapter : InstanceAdapter
{
    private readonly TrspInstance instance;

    [SetsRequiredMembers]
    public TrspAdapter(TrspInstance instance)
    {
        this.instance = instance;
        Name = instance.Name;
        Problem = TrspProblem.Build(instance);
    }

    public override string BestColumn => "best_movable";

    public override int[][] RoutesOf(RoutingSolution solution) =>
        [.. solution.Routes.Select(route => route.Select(NumberOf).ToArray())];

    public override double CostOf(RoutingSolution solution)
    {
        var ticks = solution.Cost - solution.Unserved.Sum(job => Problem.UnservedCost[job]);
        return (double)ticks / TrspProblem.TicksPerUnit;
    }

    public override double Comparable(double cost) => cost - instance.Rows.Skip(instance.Crew + 1).Sum(row => row.Service);

    private int NumberOf(int node) => Problem.IsDepot(node) ? 0 : instance.Crew + 1 + Problem.JobOf[node];
}
