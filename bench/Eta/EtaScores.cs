using Dispatch.Domain.Eta;

namespace Dispatch.Bench.Eta;

/// <summary>One trip of the test file and what was said about it beforehand.</summary>
/// <param name="Hour">Of setting off, 0 to 23.</param>
/// <param name="Metres">Straight.</param>
public sealed record Prediction(double Seconds, double Metres, int Hour, TimeEstimate Eta, bool Known)
{
    public double Error => Math.Abs(Eta.Median.TotalSeconds - Seconds);

    /// <summary>Where the model had nothing to say, no interval was given, so none held.</summary>
    public bool Covered => Known && Eta.Covers(TimeSpan.FromSeconds(Seconds));
}

/// <summary>How many trips of a group lay in their interval.</summary>
public sealed record GroupCoverage(string Group, int Trips, double Coverage)
{
    /// <summary>Groups with fewer trips say more about chance than about the interval.</summary>
    public const int Enough = 150;

    /// <summary>Upper ends of the bands of straight distance, in metres; the last is open.</summary>
    private static readonly double[] Bands = [1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000];

    public static IReadOnlyList<GroupCoverage> ByHour(IEnumerable<Prediction> predictions) =>
        [.. predictions.GroupBy(p => p.Hour).OrderBy(g => g.Key).Select(g => Of($"{g.Key:00}", g))];

    public static IReadOnlyList<GroupCoverage> ByDistance(IEnumerable<Prediction> predictions) =>
        [.. predictions.GroupBy(p => Bands.Count(end => p.Metres >= end)).OrderBy(g => g.Key).Select(g => Of(Name(g.Key), g))];

    private static string Name(int band) =>
        band == Bands.Length ? $"{Bands[^1] / 1000:0.#}+ km" : $"{(band == 0 ? 0 : Bands[band - 1]) / 1000:0.#}-{Bands[band] / 1000:0.#} km";

    private static GroupCoverage Of(string name, IEnumerable<Prediction> group)
    {
        Prediction[] all = [.. group];
        return new GroupCoverage(name, all.Length, all.Count(p => p.Covered) / (double)all.Length);
    }
}
