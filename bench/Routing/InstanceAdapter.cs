using Dispatch.Domain.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Routing;

/// <summary>An instance as a routing problem, and a solution back in the instance's numbers.</summary>
public abstract class InstanceAdapter
{
    public static IReadOnlyList<string> Kinds { get; } = ["solomon", "dimacs", "trsp"];

    public required string Name { get; init; }

    public required RoutingProblem Problem { get; init; }

    /// <exception cref="InstanceFileException">The file is not of that kind, or asks for what cannot be.</exception>
    public static InstanceAdapter Read(string kind, string path)
    {
        var text = File.ReadAllText(path);
        return kind switch
        {
            "trsp" => new TrspAdapter(TrspInstance.Parse(path, text)),
            "solomon" => new VrptwAdapter(VrptwInstance.Parse(path, text), truncated: false),
            "dimacs" => new VrptwAdapter(VrptwInstance.Parse(path, text), truncated: true),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"There are {string.Join(", ", Kinds)}."),
        };
    }

    /// <summary>Lists of node numbers as the independent checker reads them.</summary>
    public abstract int[][] RoutesOf(RoutingSolution solution);

    /// <summary>Cost in the instance's own unit, unserved requests left out.</summary>
    public abstract double CostOf(RoutingSolution solution);

    /// <summary>The part of the cost that is compared with the best known.</summary>
    public abstract double Comparable(double cost);

    /// <summary>Which column of <c>best-known.csv</c> holds the figure to compare with.</summary>
    public abstract string BestColumn { get; }
}
