using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>
/// A snapshot on its way to becoming a <see cref="RoutingProblem"/>: technicians, jobs and depots keep their index in the snapshot, breaks
/// are further jobs behind them; times become milliseconds since its now. Constraints and costs add their part through <see cref="Builder"/>.
/// </summary>
public sealed class CompiledSnapshot
{
    private readonly int[] startPlace;
    private readonly int[] homePlace;
    private readonly int[] jobPlace;
    private readonly int[] depotPlace;
    private readonly ImmutableArray<string> parts;

    private CompiledSnapshot(PlanningSnapshot snapshot, PricingContext pricing, PlanningRules rules, ITravel travel)
    {
        Snapshot = snapshot;
        Pricing = pricing;
        Rules = rules;
        var places = new PlaceIndex();
        startPlace = [.. snapshot.Technicians.Select(technician => places.Of(technician.Start))];
        homePlace = [.. snapshot.Technicians.Select(technician => places.Of(technician.Home))];
        jobPlace = [.. snapshot.Jobs.Select(job => places.Of(job.Place))];
        depotPlace = [.. snapshot.Depots.Select(depot => places.Of(depot.Place))];
        parts = [.. snapshot.Jobs.SelectMany(job => job.Parts.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Breaks = new BreakJobs(snapshot);
        Builder = new RoutingProblemBuilder(snapshot.Technicians.Length, snapshot.Jobs.Length + Breaks.Count, snapshot.Depots.Length, parts.Length, places.Count)
        {
            DurationWeight = 0,
            FloatingEndsFree = true,
        };
        FillTravel(places.All, travel);
    }

    public PlanningSnapshot Snapshot { get; }

    public PlanningRules Rules { get; }

    public PricingContext Pricing { get; }

    public RoutingProblemBuilder Builder { get; }

    internal BreakJobs Breaks { get; }

    /// <summary>Part codes that any job needs; their position is the solver's consumable.</summary>
    public ImmutableArray<string> Parts => parts;

    /// <summary>Compiles a normalised snapshot (see <see cref="SnapshotRules.Normalise"/>) with all constraints and costs of the rules, and what the caller adds to the model.</summary>
    public static RoutingProblem Compile(PlanningSnapshot snapshot, PricingContext pricing, PlanningRules rules, ITravel travel, Action<RoutingProblemBuilder>? beside = null)
    {
        var model = new CompiledSnapshot(snapshot, pricing, rules, travel);
        model.FillRows();
        foreach (var cost in rules.Costs)
        {
            cost.Compile(model);
        }

        foreach (var constraint in rules.Constraints)
        {
            constraint.Compile(model);
        }

        beside?.Invoke(model.Builder);
        return model.Builder.Build();
    }

    /// <summary>Price of a tick of a route's duration, and of a tick on the way beside it, as the rules have them.</summary>
    public static (long Duration, long Travel) TimePrices(PlanningSnapshot snapshot, PlanningRules rules, ITravel travel)
    {
        var nobody = snapshot with { Technicians = [], Jobs = [], Depots = [] };
        var problem = Compile(nobody, new PricingContext(nobody, null, rules), rules, travel);
        return (problem.DurationWeight, problem.TravelWeight);
    }

    /// <summary>Milliseconds from the snapshot's now.</summary>
    public long Tick(DateTimeOffset moment) => Ticks(moment - Snapshot.Now);

    /// <summary>Whole milliseconds.</summary>
    public static long Ticks(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Calls <paramref name="action"/> for every pair of technician and job, by index.</summary>
    public void ForEachPair(Action<int, TechnicianSnapshot, int, JobSnapshot> action)
    {
        for (var t = 0; t < Snapshot.Technicians.Length; t++)
        {
            for (var j = 0; j < Snapshot.Jobs.Length; j++)
            {
                action(t, Snapshot.Technicians[t], j, Snapshot.Jobs[j]);
            }
        }
    }

    private void FillTravel(IReadOnlyList<Place> places, ITravel travel)
    {
        for (var i = 0; i < places.Count; i++)
        {
            Builder.SetTravel(i, i, 0);
            for (var k = 0; k < i; k++)
            {
                var there = Ticks(travel.Leg(places[i], places[k], Snapshot.Now));
                Builder.SetTravel(i, k, there);
                Builder.SetTravel(k, i, travel.IsSymmetric ? there : Ticks(travel.Leg(places[k], places[i], Snapshot.Now)));
            }
        }
    }

    private static int Ticks(TravelLeg leg) =>
        leg.IsReachable && leg.Milliseconds < RoutingProblem.Unreachable ? (int)leg.Milliseconds : RoutingProblem.Unreachable;

    private void FillRows()
    {
        for (var t = 0; t < Snapshot.Technicians.Length; t++)
        {
            var technician = Snapshot.Technicians[t];
            var earliest = Math.Max(0, Math.Max(Tick(technician.FreeAt), Tick(technician.ShiftStart)));
            Builder.SetTechnician(
                t,
                startPlace[t],
                technician.ReturnsHome ? homePlace[t] : -1,
                earliest,
                technician.HasLeftHome ? earliest : RoutingProblem.MaxHorizon,
                RoutingProblem.MaxHorizon,
                depotDone: technician.DepotVisited);
        }

        for (var j = 0; j < Snapshot.Jobs.Length; j++)
        {
            Builder.SetJob(j, jobPlace[j], Ticks(Snapshot.Jobs[j].Service));
        }

        foreach ((int job, int owner, BreakSnapshot pause) in Breaks.All)
        {
            Builder.SetFloating(job, Ticks(pause.Length));
            for (int t = 0; t < Snapshot.Technicians.Length; t++)
                if (t != owner)
                    Builder.Forbid(t, job);
        }

        for (var d = 0; d < Snapshot.Depots.Length; d++)
        {
            Builder.SetDepot(d, depotPlace[d], Ticks(Snapshot.Depots[d].Handling));
        }
    }

    private sealed class PlaceIndex
    {
        private readonly Dictionary<Place, int> index = [];
        private readonly List<Place> all = [];

        public int Count => all.Count;

        public IReadOnlyList<Place> All => all;

        public int Of(Place place)
        {
            if (!index.TryGetValue(place, out var i))
            {
                index[place] = i = all.Count;
                all.Add(place);
            }

            return i;
        }
    }
}
