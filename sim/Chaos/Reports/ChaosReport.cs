using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;

namespace Dispatch.Sim.Chaos.Reports;

/// <summary>Times in milliseconds; nothing where there was none.</summary>
public sealed record Spread(double? P50, double? P95, double? Max)
{
    public static Spread Of(IReadOnlyCollection<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(t => Math.Round(t.TotalMilliseconds, 1)).Order()];
        double? At(double share) => sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        return new Spread(At(0.5), At(0.95), At(1));
    }
}

/// <summary>What came out of a run, as it is written to a file.</summary>
/// <param name="Unanswered">Commands that nobody ever answered.</param>
/// <param name="UnansweredWithEffect">Those of them that happened.</param>
/// <param name="NothingToDo">Acknowledged commands that wanted what was so already.</param>
/// <param name="FullestBenchDay">Share of its places that the fullest bench day ever had taken.</param>
public sealed record ChaosReport(
    int Kills, int Seed, string Store, int Commands, int Acknowledged, int Refused, int Unanswered, int UnansweredWithEffect, int NothingToDo,
    int AcknowledgedWorkLost, int DoubleAssignments, int CapacityOverruns, int UndetectedFeedGaps, int DuplicateEffects, int OrderBroken, int AnswersChanged, int Inconsistent, int ServerFailures,
    int Events, int Watchers, long EventsApplied, double FullestBenchDay, int Restarts, Spread RestartReadyMs, int DatabaseOutages, Spread DatabaseRecoveryMs, double Seconds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Where silos and API nodes were processes of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClusterFigures? Cluster { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>Where the files are, if they were kept.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    [JsonIgnore]
    public bool IsClean => Violations.Count == 0;

    public static ChaosReport Of(
        ChaosOptions options, Evidence evidence, Verdict verdict, IReadOnlyCollection<TimeSpan> ready, IReadOnlyCollection<TimeSpan> recovered, double fullest, TimeSpan took, string folder) => new(
        options.Kills, options.Seed, options.Store, evidence.Commands.Count, evidence.Commands.Count(c => c.Answer is { IsAcknowledged: true }), evidence.Commands.Count(c => c.Answer is { IsAcknowledged: false }),
        evidence.Commands.Count(c => c.Answer is null), verdict.UnansweredWithEffect, verdict.NothingToDo,
        verdict.Count(Wrong.WorkLost), verdict.Count(Wrong.DoubleAssignment), verdict.Count(Wrong.CapacityOverrun), verdict.Count(Wrong.FeedGap), verdict.Count(Wrong.DuplicateEffect),
        verdict.Count(Wrong.OrderBroken), verdict.Count(Wrong.AnswerChanged), verdict.Count(Wrong.Inconsistent), verdict.Count(Wrong.ServerFailed),
        evidence.Histories.Where(h => h.Key.StartsWith("zone/", StringComparison.Ordinal)).Sum(h => h.Value.Count), evidence.Watchers.Count, evidence.Watchers.Sum(w => (long)w.Applied.Count), Math.Round(fullest, 2),
        ready.Count, Spread.Of(ready), recovered.Count, Spread.Of(recovered), Math.Round(took.TotalSeconds, 1))
    {
        Violations = verdict.Violations,
        Folder = folder,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public void Print(TextWriter to)
    {
        const int Shown = 6;
        to.WriteLine(Cluster is null
            ? $"kills                    {Kills} ({Store}, seed {Seed}), {Restarts} restarts until ready, {DatabaseOutages} outages of the database, {Seconds:0} s"
            : $"disturbances             {Cluster.Disturbances.Count} (seed {Seed}), {Seconds:0} s");
        to.WriteLine($"commands                 {Commands}: {Acknowledged} acknowledged, {Refused} refused, {Unanswered} never answered ({UnansweredWithEffect} of them happened)");
        to.WriteLine($"events                   {Events}, {EventsApplied} applied by {Watchers} watchers; the fullest bench day had {FullestBenchDay:P0} of its places taken");
        to.WriteLine($"acknowledged work lost   {AcknowledgedWorkLost}");
        to.WriteLine($"double assignments       {DoubleAssignments}");
        to.WriteLine($"capacity overruns        {CapacityOverruns}");
        to.WriteLine($"undetected feed gaps     {UndetectedFeedGaps}");
        to.WriteLine($"duplicate effects        {DuplicateEffects}");
        to.WriteLine($"order broken             {OrderBroken}; answers changed {AnswersChanged}; inconsistent {Inconsistent}; server failures {ServerFailures}");
        Cluster?.Print(to);
        if (Restarts > 0)
            to.WriteLine($"restart to ready         p50 {RestartReadyMs.P50:0} ms, p95 {RestartReadyMs.P95:0} ms, max {RestartReadyMs.Max:0} ms");
        if (DatabaseOutages > 0)
            to.WriteLine($"database back to ready   p50 {DatabaseRecoveryMs.P50:0} ms, p95 {DatabaseRecoveryMs.P95:0} ms, max {DatabaseRecoveryMs.Max:0} ms");
        foreach (IGrouping<Wrong, Violation> kind in Violations.GroupBy(v => v.Kind))
            foreach (Violation v in kind.Take(Shown))
                to.WriteLine($"  {v.Kind}: {v.What}");
        if (!IsClean)
            to.WriteLine($"All {Violations.Count} sentences are in {Path.Combine(Folder, "violations.txt")}, with the server's log and data.");
    }
}
