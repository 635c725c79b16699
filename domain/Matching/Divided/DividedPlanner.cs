using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>
/// The planner of a zone of any size. A small zone is planned whole. A large one keeps its previous routes, puts what is new in among the technicians nearest to it,
/// and is then improved part by part, divided elsewhere each time. Parts share nothing, so any number of threads gives the same plan.
/// </summary>
/// <param name="travel">Travel between places.</param>
/// <param name="rules">What is kept to and paid for.</param>
/// <param name="threads">How many threads may work on one plan, 1 or more.</param>
public sealed class DividedPlanner(ITravel travel, PlanningRules rules, int threads = 1) : IZonePlanner, IPlanExplainer
{
    /// <summary>Zones with at most so many jobs are planned whole.</summary>
    public const int MostJobsWhole = 300;

    /// <summary>Technicians among whom a new job is placed.</summary>
    private const int Around = 24;

    /// <summary>Above this share of waiting jobs the whole zone is divided at once; below, each goes among its neighbours first.</summary>
    private const double ManyWaiting = 0.02;

    /// <summary>Technicians whose routes are timed anew together.</summary>
    private const int TimedTogether = 4;

    /// <summary>Waiting jobs whose reasons are found by one table of ways.</summary>
    private const int ExplainedTogether = 100;

    private const int RoundsPerJob = 20;

    /// <summary>Rounds around a job that has just come in.</summary>
    private const int EventRounds = 1_500;

    private readonly ZonePlanner whole = new(travel, rules, threads);

    public ZonePlan Plan(PlanningSnapshot snapshot, ZonePlan? previous, PlanBudget budget, ulong seed)
    {
        // Without technicians nothing lies near anyone. Wholes tie the routes of several technicians together, perhaps of several parts.
        if (snapshot.Technicians.IsEmpty || snapshot.Jobs.Length <= MostJobsWhole || snapshot.Jobs.Any(job => job.Part is not null))
            return whole.Plan(snapshot, previous, budget, seed);
        SearchLimit limit = budget.ToLimit(budget.Clock?.GetTimestamp() ?? 0);
        PlanningSnapshot zone = whole.Prepare(snapshot);
        PricingContext pricing = new(zone, previous, rules);
        Effort effort = new(zone, pricing, new RouteBook(zone, previous), previous, limit, new Xoshiro(seed));
        if (previous is not null)
            TimeAnew(effort);
        Place(effort);
        Improve(effort);
        PlaceAmongNeighbours(effort, improve: false);
        return Describe(effort, seed);
    }

    public Placement? Explain(PlanningSnapshot snapshot, ZonePlan plan, ZonePlan? previous, JobId job)
    {
        if (snapshot.Jobs.Length <= MostJobsWhole)
            return whole.Explain(snapshot, plan, previous, job);
        PlanningSnapshot zone = whole.Prepare(snapshot);
        int index = zone.Jobs.Select(candidate => candidate.Id).ToList().IndexOf(job);
        if (index < 0)
            return null;
        RouteBook book = new(zone, plan);
        ZonePart part = book.Part(book.Nearest(index, Around), []);
        return part.Jobs.Contains(index) ? whole.Explain(part.Of(zone), plan with { Routes = [.. part.Technicians.Select(book.Route)] }, previous, job) : null;
    }

    /// <summary>Routes of the previous plan as they stand now: what no longer fits falls out.</summary>
    private void TimeAnew(Effort effort)
    {
        bool[] stands = new bool[effort.Zone.Technicians.Length];
        Each(stands.Length, t => stands[t] = StandingRoute.Check(effort.Zone, t, effort.Book, travel, rules));
        ZonePart[] groups = [.. Enumerable.Range(0, effort.Zone.Technicians.Length)
            .Where(t => !stands[t])
            .Chunk(TimedTogether)
            .Select(group => effort.Book.Part(group, []))];
        Each(effort, groups, (part, seed) => Search(effort, part, insert: false, rounds: 0, seed));
    }

    private void Place(Effort effort)
    {
        int waiting = effort.Book.Waiting.Count();
        // Divided again as long as that helps: a job near a line finds other technicians next time.
        for (int before = int.MaxValue; waiting > ManyWaiting * effort.Zone.Jobs.Length && waiting < before;)
        {
            before = waiting;
            Each(effort, effort.Cut(), (part, seed) => Search(effort, part, insert: true, rounds: 0, seed));
            waiting = effort.Book.Waiting.Count();
        }

        PlaceAmongNeighbours(effort, improve: true);
    }

    /// <summary>
    /// Waiting jobs among the technicians nearest to them: first together with what waits beside them, then, as long as that places any, each on its own.
    /// </summary>
    private void PlaceAmongNeighbours(Effort effort, bool improve)
    {
        List<int> together = [.. effort.Unsettled];
        while (together.Count > 0)
        {
            int[] technicians = effort.Book.Nearest(together[0], Around);
            int[] jobs = [.. together.Where((job, i) => i == 0 || technicians.Contains(effort.Book.Nearest(job, 1)[0]))];
            together.RemoveAll(job => Array.IndexOf(jobs, job) >= 0);
            long rounds = improve && effort.ShareUsed() < 1 ? EventRounds : 0;
            effort.Take(Search(effort, effort.Book.Part(technicians, jobs), insert: true, rounds, effort.NextSeed()));
        }

        // In a zone of so few, each job's neighborhood is the whole zone, in which it has just found no place.
        if (effort.Zone.Technicians.Length <= Around)
            return;
        int[] alone = [.. effort.Unsettled];
        for (int before = int.MaxValue; alone.Length > 0 && alone.Length < before;)
        {
            before = alone.Length;
            foreach (int job in alone)
                effort.Take(Search(effort, effort.Book.Part(effort.Book.Nearest(job, Around), [job]), insert: true, rounds: 0, effort.NextSeed()));
            alone = [.. effort.Unsettled];
        }
    }

    private void Improve(Effort effort)
    {
        for (; effort.ShareUsed() < 1; effort.SettleAnew())
        {
            List<ZonePart> parts = [];
            long left = effort.RoundsLeft;
            foreach (ZonePart part in effort.Cut())
            {
                if (left <= 0)
                    break;
                parts.Add(part);
                left -= RoundsFor(part, left);
            }

            long each = effort.RoundsLeft;
            Each(effort, parts, (part, seed) => Search(effort, part, insert: true, RoundsFor(part, each), seed));
        }
    }

    private static long RoundsFor(ZonePart part, long most) => Math.Clamp((long)part.Jobs.Length * RoundsPerJob, 1, most);

    private PartPlan Search(Effort effort, ZonePart part, bool insert, long rounds, ulong seed) =>
        whole.PlanPart(part, effort.Zone, effort.Pricing, [.. part.Technicians.Select(effort.Book.Route)], insert, rounds, effort.Limit, seed);

    private void Each(Effort effort, IReadOnlyList<ZonePart> parts, Func<ZonePart, ulong, PartPlan> search)
    {
        PartPlan[] found = new PartPlan[parts.Count];
        ulong seed = effort.NextSeed();
        Each(found.Length, i => found[i] = search(parts[i], seed + (ulong)i));
        foreach (PartPlan plan in found)
            effort.Take(plan);
    }

    private void Each(int count, Action<int> action)
    {
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, action);
            return;
        }

        for (int i = 0; i < count; i++)
            action(i);
    }

    private ZonePlan Describe(Effort effort, ulong seed)
    {
        ImmutableArray<PlannedRoute> routes = effort.Book.Routes;
        int[] waiting = [.. effort.Book.Waiting];
        return new ZonePlan(
            effort.Zone.Now,
            routes,
            Unplaced(effort, waiting),
            [],
            effort.Pricing.Price(routes, waiting.Select(job => effort.Zone.Jobs[job].Id)),
            new PlanEffort(seed, effort.Iterations, effort.Improvements));
    }

    /// <summary>
    /// Why each job waits. Jobs with the same technicians around them are asked about together, because the table of their ways takes
    /// longer to make than to read.
    /// </summary>
    private ImmutableArray<UnplacedJob> Unplaced(Effort effort, int[] waiting)
    {
        UnplacedJob?[] unplaced = [.. waiting.Select(effort.Settled)];
        var alike = Enumerable.Range(0, waiting.Length)
            .Where(i => unplaced[i] is null)
            .GroupBy(i => string.Join(',', effort.Book.Nearest(waiting[i], Around).Order()), StringComparer.Ordinal);
        foreach (int[] together in alike.SelectMany(group => group.Chunk(ExplainedTogether)))
        {
            ZonePart part = effort.Book.Part(effort.Book.Nearest(waiting[together[0]], Around), together.Select(i => waiting[i]));
            Func<int, UnplacedJob> explain = whole.UnplacedIn(
                part,
                effort.Zone,
                effort.Pricing,
                [.. part.Technicians.Select(effort.Book.Route)]
            );
            foreach (int i in together)
                unplaced[i] = explain(waiting[i]);
        }

        return [.. unplaced.Select(known => known!)];
    }

    /// <summary>One plan in the making.</summary>
    private sealed class Effort(PlanningSnapshot zone, PricingContext pricing, RouteBook book, ZonePlan? previous, SearchLimit limit, Xoshiro chance)
    {
        private readonly Dictionary<JobId, UnplacedJob> settled = Known(previous).ToDictionary(unplaced => unplaced.Job);
        private readonly ZoneDivision division = new(book);
        private Xoshiro chance = chance;

        public PlanningSnapshot Zone => zone;

        public PricingContext Pricing => pricing;

        public RouteBook Book => book;

        public SearchLimit Limit => limit;

        /// <summary>
        /// Waiting jobs that are not known to be without a place. What the previous plan could not place, with its reasons, is looked at again only when the whole zone is
        /// improved, so that an event costs what it touches.
        /// </summary>
        public IEnumerable<int> Unsettled => book.Waiting.Where(job => !settled.ContainsKey(zone.Jobs[job].Id));

        public long Iterations { get; private set; }

        public long Improvements { get; private set; }

        /// <summary>Why a job had no place in the previous plan, unless the zone was improved since.</summary>
        public UnplacedJob? Settled(int job) => settled.GetValueOrDefault(zone.Jobs[job].Id);

        public void SettleAnew() => settled.Clear();

        /// <summary>That there was nobody at all says nothing once there is.</summary>
        private static IEnumerable<UnplacedJob> Known(ZonePlan? previous) =>
            (previous?.Unplaced ?? []).Where(unplaced => !unplaced.Reasons.IsEmpty);

        public long RoundsLeft => limit.Rounds - Iterations;

        public double ShareUsed() => limit.ShareUsed(Iterations, now: true);

        public ulong NextSeed() => chance.Next();

        public IReadOnlyList<ZonePart> Cut() => division.Cut(zone.Technicians.Length, ref chance);

        public void Take(PartPlan plan)
        {
            book.Take(plan);
            Iterations += plan.Iterations;
            Improvements += plan.Improvements;
        }
    }
}
