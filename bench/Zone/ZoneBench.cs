using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Divided;
using Dispatch.Domain.Matching.Urgent;

namespace Dispatch.Bench.Zone;

/// <summary>
/// A large zone planned from nothing, improved, and then disturbed: urgent jobs placed at once, and events (a new job, a technician who drops out) answered with a new
/// plan of the whole zone. Every plan is checked stop by stop against every constraint.
/// </summary>
public sealed record ZoneBench(int Technicians, int Jobs, double Seconds, int Events, int Urgent, int Threads, ulong Seed, string Output)
{
    private static readonly StraightLineTravel Travel = new(new TravelModel());

    private static readonly PlanningRules Rules = PlanningRules.Default with { Explain = false };

    private readonly DividedPlanner planner = new(Travel, Rules, Threads);

    public int Run(TextWriter console)
    {
        CityDay city = new(Technicians, Seed);
        PlanningSnapshot snapshot = city.Snapshot(city.Jobs(Jobs));
        Stopwatch watch = Stopwatch.StartNew();
        ZonePlan first = planner.Plan(snapshot, null, PlanBudget.InsertionOnly, Seed);
        double firstSeconds = watch.Elapsed.TotalSeconds;
        PlanFaults.Throw(snapshot, first, Rules, Travel);
        Say(console, $"first plan after {firstSeconds:F1} s: {first.Unplaced.Length} of {Jobs} unplaced, movable cost {Movable(first):F0}");
        ZonePlan plan = first;
        double? better = null;
        watch.Restart();
        while (watch.Elapsed.TotalSeconds < Seconds && better is null)
        {
            plan = planner.Plan(snapshot, plan, Budget(Math.Min(5, Math.Max(0.5, Seconds / 4))), Seed + 1);
            better = plan.Unplaced.Length <= first.Unplaced.Length && Movable(plan) <= 0.97 * Movable(first) ? watch.Elapsed.TotalSeconds : null;
            Say(console, $"after {watch.Elapsed.TotalSeconds:F1} s more: {plan.Unplaced.Length} unplaced, movable cost {Movable(plan) / Movable(first) - 1:P2}");
        }

        PlanFaults.Throw(snapshot, plan, Rules, Travel);
        (double[] urgent, int placed) = PlaceUrgent(city, snapshot, plan);
        double[] events = Disturb(city, snapshot, plan);
        Say(console, $"urgent insertion of {urgent.Length} ({placed} placed): p50 {At(urgent, 0.5):F3} ms, p99 {At(urgent, 0.99):F3} ms");
        Say(console, $"event to new plan, {events.Length}: p50 {At(events, 0.5):F0} ms, max {At(events, 1):F0} ms");
        File.WriteAllText(Output, JsonSerializer.Serialize(new
        {
            technicians = Technicians,
            jobs = Jobs,
            threads = Threads,
            seed = Seed,
            first_plan_s = firstSeconds,
            first_unplaced = first.Unplaced.Length,
            three_percent_better_s = better,
            movable_ratio = Movable(plan) / Movable(first),
            unplaced = plan.Unplaced.Length,
            urgent_ms = new { p50 = At(urgent, 0.5), p99 = At(urgent, 0.99), placed },
            event_ms = new { p50 = At(events, 0.5), max = At(events, 1) },
        }));
        return 0;
    }

    /// <summary>Each urgent job on its own: what is measured is the answer, not the bookkeeping after it. The first few warm up and do not count.</summary>
    private (double[] Milliseconds, int Placed) PlaceUrgent(CityDay city, PlanningSnapshot snapshot, ZonePlan plan)
    {
        if (Urgent == 0)
            return ([], 0);
        UrgentDesk desk = new(snapshot, plan, Travel, Rules);
        List<double> times = [];
        int placed = 0;
        for (int i = -200; i < Urgent; i++)
        {
            JobSnapshot job = city.Job(urgent: true);
            long begun = Stopwatch.GetTimestamp();
            UrgentPlace? found = desk.Find(job);
            double took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (i < 0)
                continue;
            times.Add(took);
            if (found is null)
                continue;
            placed++;
            desk.Put(job, found);
        }

        return ([.. times.Order()], placed);
    }

    private double[] Disturb(CityDay city, PlanningSnapshot snapshot, ZonePlan plan)
    {
        List<double> times = [];
        for (int i = -1; i < Events; i++)
        {
            snapshot = i % 2 == 0
                ? snapshot with { Jobs = snapshot.Jobs.Add(city.Job(urgent: true)) }
                : snapshot with { Technicians = snapshot.Technicians.RemoveAt((i + 1) * 7 % snapshot.Technicians.Length) };
            Stopwatch watch = Stopwatch.StartNew();
            plan = planner.Plan(snapshot, plan, new PlanBudget(1), Seed + (ulong)(i + 2));
            double took = watch.Elapsed.TotalMilliseconds;
            PlanFaults.Throw(snapshot, plan, Rules, Travel);
            if (i >= 0)
                times.Add(took);
        }

        return [.. times.Order()];
    }

    private static PlanBudget Budget(double seconds) => new(long.MaxValue) { TimeLimit = TimeSpan.FromSeconds(seconds), Clock = TimeProvider.System };

    /// <summary>What planning can change: everything but the work itself and what is left out.</summary>
    private static double Movable(ZonePlan plan) => plan.Cost.Terms.Where(term => term.Name is not "service" and not "unserved").Sum(term => (double)term.Amount);

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];

    private static void Say(TextWriter console, FormattableString line) => console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
