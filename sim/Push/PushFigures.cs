using System.Text.Json;

namespace Dispatch.Sim.Push;

/// <summary>The verdicts of several journals together.</summary>
public sealed record Verdicts(long Applied, int Snapshots, int Gaps, int Duplicates, int Strangers, int Short)
{
    public int Faults => Gaps + Duplicates + Strangers + Short;

    public static Verdicts Of(IReadOnlyCollection<JournalVerdict> all) => new(
        all.Sum(v => (long)v.Applied), all.Sum(v => v.Snapshots), all.Sum(v => v.Gaps), all.Sum(v => v.Duplicates), all.Sum(v => v.Strangers), all.Count(v => v.Short != 0));
}

/// <summary>Milliseconds.</summary>
public sealed record Spread(double P50, double P99, double Max)
{
    /// <param name="sorted">From the least to the greatest.</param>
    public static Spread Of(IReadOnlyList<double> sorted) => sorted.Count == 0 ? new(0, 0, 0)
        : new(Math.Round(sorted[(sorted.Count - 1) / 2]), Math.Round(sorted[(int)Math.Ceiling(0.99 * sorted.Count) - 1]), Math.Round(sorted[^1]));
}

/// <summary>What a storm came to.</summary>
/// <param name="Cuts">Connections ended without a word.</param>
/// <param name="Kills">Servers killed; <paramref name="Moves"/> of them had their successor elsewhere.</param>
/// <param name="Outages">Seconds from each kill until the next server was ready.</param>
/// <param name="Events">Length of the zone's stream in the end.</param>
/// <param name="Acknowledged">Jobs whose filing was answered; <paramref name="Lost"/> of them are not in the stream.</param>
/// <param name="Repeated">Events that a stream holds more than once.</param>
/// <param name="Converged">How long each client was behind the server at most from the last disturbance on, which cut everybody off: until it had applied what the server had then, and what came after.</param>
public sealed record PushFigures(
    int Clients, int Pages, int Seconds, int Cuts, int Kills, int Moves, IReadOnlyList<double> Outages, long Connections, int Events, int Acknowledged, long Repetitions, int Lost, int Repeated,
    Verdicts ByClients, Verdicts ByPages, Spread Converged, Spread PagesConverged, int PageErrors, long ServerMemoryMb)
{
    public int Faults => ByClients.Faults + ByPages.Faults + Lost + Repeated + PageErrors;

    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
}
