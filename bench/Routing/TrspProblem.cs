using Dispatch.Bench.Instances;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Routing;

/// <summary>A technician routing instance as a routing problem: technicians and requests in the instance's order, one depot, route duration the cost.</summary>
public static class TrspProblem
{
    /// <summary>Ticks per time unit: fine enough that rounding travel up costs no more than the sixth digit.</summary>
    public const long TicksPerUnit = 100_000;

    /// <summary>More than the longest possible sum of routes, so that serving one more is always worth it.</summary>
    private const long Unserved = 1L << 50;

    public static RoutingProblem Build(TrspInstance instance)
    {
        var rows = instance.Rows;
        var builder = new RoutingProblemBuilder(instance.Crew, instance.Requests, 1, instance.Parts, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var k = 0; k < rows.Count; k++)
            {
                builder.SetTravel(i, k, (int)Math.Ceiling(Distance(rows[i], rows[k]) * TicksPerUnit));
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

    private static double Distance(TrspRow a, TrspRow b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static long Ticks(double units) => (long)Math.Round(units * TicksPerUnit);
}
