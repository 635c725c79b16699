namespace Dispatch.Domain.Matching.Constraints;

/// <summary>
/// Units used before the depot call come out of the stock on board; afterwards there are enough of every part.
/// </summary>
public sealed class PartConstraint : IPlanningConstraint
{
    internal const string DepotRemedy = "fetch_part_at_depot";

    public string Code => "plan.part_missing";

    public string Remedy => DepotRemedy;

    public void Compile(CompiledSnapshot model)
    {
        var parts = model.Parts;
        for (var k = 0; k < parts.Length; k++)
        {
            for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
            {
                model.Builder.SetDemand(j, k, model.Snapshot.Jobs[j].Parts.GetValueOrDefault(parts[k]));
            }

            for (var t = 0; t < model.Snapshot.Technicians.Length; t++)
            {
                model.Builder.SetStock(t, k, model.Snapshot.Technicians[t].Stock.GetValueOrDefault(parts[k]));
            }
        }
    }

    public Violation? Check(RouteCandidate candidate)
    {
        if (candidate.Technician.DepotVisited)
        {
            return null;
        }

        var used = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var stop in candidate.Stops)
        {
            if (stop.Break is not null)
            {
                continue;
            }

            if (stop.Depot is not null)
            {
                return null;
            }

            foreach (var (part, units) in stop.Job!.Parts)
            {
                var sum = used[part] = used.GetValueOrDefault(part) + units;
                var stock = candidate.Technician.Stock.GetValueOrDefault(part);
                if (units > 0 && sum > stock)
                {
                    return this.Violated(
                        sum - stock, ("job", stop.Job.Id.Value), ("part", part), ("needed", units), ("left", stock - sum + units));
                }
            }
        }

        return null;
    }
}
