using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Says of a finished plan why each job is where it is, and why each unplaced one is in no route.</summary>
internal sealed class PlanExplainer(
    PlanningSnapshot snapshot, PricingContext pricing, RoutingProblem problem, RoutingSolution solution, Timetable timetable, ITravel travel)
{
    private readonly CandidateRoutes candidates = new(snapshot, problem, travel);
    private readonly RouteInsertions insertions = new(problem, solution.Routes);

    private readonly int[] owner = OwnersIn(problem, solution);

    public UnplacedJob ExplainUnplaced(int job) => new(
        snapshot.Jobs[job].Id,
        Reasons(job, Enumerable.Range(0, snapshot.Technicians.Length)));

    /// <summary>Every placed job, in the snapshot's order.</summary>
    public ImmutableArray<Placement> ExplainPlaced() =>
        [.. Enumerable.Range(0, snapshot.Jobs.Length).Select(job => ExplainPlaced(job)).OfType<Placement>()];

    /// <summary>One job, or null where it is in no route.</summary>
    public Placement? ExplainPlaced(int job) => owner[job] < 0 ? null : ExplainPlaced(job, owner[job]);

    private Placement ExplainPlaced(int job, int technician)
    {
        var added = PriceOf(technician, solution.Routes[technician]) - PriceOf(technician, insertions.Without(technician, job));
        var others = Enumerable.Range(0, snapshot.Technicians.Length)
            .Where(t => t != technician)
            .Select(t => (Technician: t, Insertion: insertions.Find(t, job)))
            .ToArray();
        var alternatives = others
            .Where(other => other.Insertion.Exists)
            .OrderBy(other => other.Insertion.Delta)
            .ThenBy(other => other.Technician)
            .Take(pricing.Rules.Alternatives)
            .Select(other => Alternative(other.Technician, other.Insertion, added));
        return new Placement(
            snapshot.Jobs[job].Id,
            snapshot.Technicians[technician].Id,
            added,
            [.. alternatives],
            Reasons(job, others.Where(other => !other.Insertion.Exists).Select(other => other.Technician)));
    }

    private Alternative Alternative(int technician, in Insertion insertion, PlanCost added)
    {
        var cost = PriceOf(technician, insertions.With(technician, insertion)) - PriceOf(technician, solution.Routes[technician]);
        return new Alternative(snapshot.Technicians[technician].Id, cost, cost.Total - added.Total);
    }

    private PlanCost PriceOf(int technician, ImmutableArray<int> nodes) => pricing.Price(timetable.RouteOf(technician, nodes.AsSpan()));

    private ImmutableArray<UnplacedReason> Reasons(int job, IEnumerable<int> technicians)
    {
        var found = technicians.Select(t => (Technician: t, Found: FirstViolation(t, job))).ToArray();
        return [.. found
            .GroupBy(entry => entry.Found.Rank)
            .OrderByDescending(group => group.Key)
            .Select(group =>
            {
                var (nearest, (_, example)) = group.MinBy(entry => (entry.Found.Violation.Excess, Distance(entry.Technician, job), entry.Technician));
                return new UnplacedReason(example.Code, group.Count(), snapshot.Technicians[nearest].Id, example, example.Remedy);
            })];
    }

    /// <summary>
    /// Of all candidates the one that fails last and least: what would have to give for this technician to have the job.
    /// </summary>
    private (int Rank, Violation Violation) FirstViolation(int t, int job)
    {
        var best = (Rank: -1, Violation: (Violation?)null);
        // Who is forbidden it is so whatever else is planned, unless the technician cannot take anything at all; then the route is empty anyhow.
        var nodes = problem.RuleOf(t, job) == PairRule.Forbidden ? [] : solution.Routes[t];
        Look(candidates.InPlace(t, nodes, snapshot.Jobs[job]), ref best);
        if (best.Violation is { } inPlace && NamesSomethingFromDepot(inPlace) && !snapshot.Technicians[t].DepotVisited)
        {
            Look(candidates.WithDepot(t, nodes, snapshot.Jobs[job]), ref best);
        }

        return Found(best, t, job);
    }

    private void Look(IEnumerable<RouteCandidate> routes, ref (int Rank, Violation? Violation) best)
    {
        foreach (var candidate in routes)
        {
            for (var rank = 0; rank < pricing.Rules.Constraints.Length; rank++)
            {
                if (pricing.Rules.Constraints[rank].Check(candidate) is { } violation)
                {
                    if (rank > best.Rank || (rank == best.Rank && violation.Excess < best.Violation!.Excess))
                    {
                        best = (rank, violation);
                    }

                    break;
                }
            }
        }
    }

    private (int Rank, Violation Violation) Found((int Rank, Violation? Violation) best, int t, int job) =>
        best.Violation is { } violation
            ? (best.Rank, violation)
            : throw new InvalidOperationException($"Nothing stops {snapshot.Technicians[t].Id.Value} from {snapshot.Jobs[job].Id.Value}, and yet the solver found no place.");

    private static bool NamesSomethingFromDepot(Violation violation) =>
        violation.Remedy is Constraints.ToolConstraint.DepotRemedy or Constraints.PartConstraint.DepotRemedy;

    private long Distance(int t, int job)
    {
        var node = problem.FirstNode[job];
        return node == problem.FirstNode[job + 1] ? long.MaxValue : problem.TravelBetween(problem.StartNode(t), node);
    }

    private static int[] OwnersIn(RoutingProblem problem, RoutingSolution solution)
    {
        var owner = new int[problem.Jobs];
        Array.Fill(owner, -1);
        for (var t = 0; t < solution.Routes.Length; t++)
        {
            foreach (var node in solution.Routes[t])
            {
                if (problem.JobOf[node] >= 0)
                {
                    owner[problem.JobOf[node]] = t;
                }
            }
        }

        return owner;
    }
}
