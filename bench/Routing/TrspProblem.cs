using Dispatch.Domain.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Routing;

/// <summary>A technician routing instance as a routing problem: technicians and requests in the instance's order, one depot, route duration the cost.</summary>
public static class TrspProblem
{
    /// <summary>Ticks per time unit: fine enough that rounding travel up costs no more than the sixth digit.</summary>
    public const long TicksPerUnit = 100_000;

    /// <summary>More than the longest possible sum of routes, so that serving one more is always worth it.</summary>
    private const long Unserved = 1L << 50;

    /// <exception cref="InstanceFileException">A request can be served by no technician, even as the only one.</exception>
    public static RoutingProblem Build(TrspInstance instance)
    {
        RequireReach(instance);
        var rows = instance.Rows;
        var builder = new RoutingProblemBuilder(instance.Crew, instance.Requests, 1, instance.Parts, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = 0; k < rows.Count; k++)
            {
                builder.SetTravel(i, k, (int)Math.Min(Way(rows[i], rows[k]), RoutingProblem.Unreachable));
            }
        }

        var depot = rows[0];
        builder.SetDepot(0, 0, Ticks(depot.Service));
        builder.SetDepotHours(0, Ticks(depot.Opens), Ticks(depot.Closes));
        for (var t = 0; t < instance.Crew; t++)
        {
            var home = rows[t + 1];
            builder.SetTechnician(t, home.Id, home.Id, Ticks(home.Opens), Ticks(home.Closes), Ticks(home.Closes));
            for (var k = 0; k < instance.Parts; k++)
            {
                builder.SetStock(t, k, home.Parts[k]);
            }
        }

        for (var j = 0; j < instance.Requests; j++)
        {
            AddRequest(builder, instance, j);
        }

        return builder.Build();
    }

    /// <summary>
    /// A request that nobody can serve on a route of its own is in no plan, and what is cheap about leaving it out would be no result.
    /// </summary>
    /// <exception cref="InstanceFileException">There is one.</exception>
    public static void RequireReach(TrspInstance instance)
    {
        foreach (TrspRow request in instance.Rows.Skip(instance.Crew + 1))
            if (!IsServable(instance.Rows, instance.Crew, request))
                throw new InstanceFileException(
                    instance.File,
                    request.Line,
                    $"Request {request.Id} can be served by nobody: {(Able(instance.Rows, instance.Crew, request).Any()
                    ? "no technician with its skills gets there in its window, with its tools and parts, and home in the shift."
                    : "no technician has all its skills.")}");
    }

    /// <summary>Whether a technician could serve the request if there were no other.</summary>
    /// <param name="rows">The depot and the homes of the technicians at least.</param>
    public static bool IsServable(IReadOnlyList<TrspRow> rows, int crew, TrspRow request) =>
        Able(rows, crew, request).Any(technician => Reaches(technician, rows[0], request));

    private static IEnumerable<TrspRow> Able(IReadOnlyList<TrspRow> rows, int crew, TrspRow request) =>
        rows.Skip(1).Take(crew).Where(technician => !request.Skills.Except(technician.Skills).Any());

    private static bool Reaches(TrspRow technician, TrspRow depot, TrspRow request)
    {
        bool carries =
            !request.Tools.Except(technician.Tools).Any() && request.Parts.Zip(technician.Parts).All(part => part.First <= part.Second);
        long leaves = Ticks(technician.Opens),
            called = Math.Max(leaves + Way(technician, depot), Ticks(depot.Opens));
        return (carries && Serves(leaves + Way(technician, request)))
            || (called <= Ticks(depot.Closes) && Serves(called + Ticks(depot.Service) + Way(depot, request)));

        bool Serves(long arrives) => Math.Max(arrives, Ticks(request.Opens)) is var start && start <= Ticks(request.Closes)
            && start + Ticks(request.Service) + Way(request, technician) <= Ticks(technician.Closes);
    }

    private static void AddRequest(RoutingProblemBuilder builder, TrspInstance instance, int j)
    {
        var request = instance.Rows[instance.Crew + 1 + j];
        builder.SetJob(j, request.Id, Ticks(request.Service));
        builder.SetWindows(j, [(Ticks(request.Opens), Ticks(request.Closes))]);
        builder.AddUnservedCost(j, Unserved);
        for (var k = 0; k < instance.Parts; k++)
        {
            builder.SetDemand(j, k, request.Parts[k]);
        }

        for (var t = 0; t < instance.Crew; t++)
        {
            var technician = instance.Rows[t + 1];
            if (request.Skills.Except(technician.Skills).Any())
            {
                builder.Forbid(t, j);
            }
            else if (request.Tools.Except(technician.Tools).Any())
            {
                builder.RequireDepot(t, j);
            }
        }
    }

    private static long Way(TrspRow a, TrspRow b) => (long)Math.Ceiling(Distance(a, b) * TicksPerUnit);

    private static double Distance(TrspRow a, TrspRow b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static long Ticks(double units) => (long)Math.Round(units * TicksPerUnit);
}
