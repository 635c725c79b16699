using System.Text.Json;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>
/// A fitted model as JSON, for a file beside the data: written by one process, read by another, with the same predictions to the last digit. A model that another version
/// of the features was fitted on is refused, not guessed at.
/// </summary>
public static class TravelTimeJson
{
    /// <summary>Rises whenever features, trees or margins mean something else.</summary>
    public const int Version = 1;

    public static byte[] Write(TravelTimeModel model) => JsonSerializer.SerializeToUtf8Bytes(new Stored(
        Version, model.Law.UtcOffset.Ticks, model.Law.Exponent, [.. model.Law.Factors], model.Middle, model.Area, model.Margins, model.Forest.Values, [.. model.Forest.Trees]));

    /// <exception cref="InvalidDataException">Not such a file, of another version, or damaged.</exception>
    public static TravelTimeModel Read(ReadOnlySpan<byte> json)
    {
        try
        {
            Stored stored = JsonSerializer.Deserialize<Stored>(json) ?? throw new InvalidDataException("The travel-time model is empty.");
            if (stored.Version != Version)
                throw new InvalidDataException($"The travel-time model is of version {stored.Version}; this program reads {Version}. Fit it again.");
            if (Problem(stored) is { } problem)
                throw new InvalidDataException($"The travel-time model is damaged: {problem}.");
            var law = new PowerLaw(stored.Exponent, stored.Factors, TimeSpan.FromTicks(stored.UtcOffsetTicks));
            return new TravelTimeModel(law, stored.Middle, stored.Area, new QuantileForest(stored.Ratios, stored.Trees), stored.Margins);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"The travel-time model cannot be read: {e.Message}", e);
        }
    }

    private static string? Problem(Stored s)
    {
        if (s.Factors is null || s.Area is null || s.Ratios is null || s.Trees is null || s.Margins is not { BandCentres: not null, Low: not null, High: not null })
            return "something is missing";
        int cells = s.Margins.BandCentres.Length * IntervalMargins.Hours;
        if (cells == 0 || s.Margins.Low.Length != cells || s.Margins.High.Length != cells)
            return "margins";
        if (s.Ratios.Length == 0 || s.Ratios.Any(r => !(r > 0)))
            return "ratios";
        return s.Trees.Length > 0 && s.Trees.All(tree => IsWhole(tree, s.Ratios.Length)) ? null : "trees";
    }

    /// <summary>Every node leads to later nodes only, or to members that there are: so a walk ends, and within the arrays.</summary>
    private static bool IsWhole(RegressionTree tree, int observations)
    {
        if (tree is not { Feature: { Length: > 0 } feature, Threshold: { } threshold, Left: { } left, Right: { } right, Members: { } members })
            return false;
        if (threshold.Length != feature.Length || left.Length != feature.Length || right.Length != feature.Length || members.Any(m => m < 0 || m >= observations))
            return false;
        for (int node = 0; node < feature.Length; node++)
        {
            bool whole = feature[node] < 0
                ? left[node] >= 0 && right[node] > 0 && left[node] <= members.Length - right[node]
                : feature[node] < LegFeatures.Count && left[node] > node && right[node] > node && left[node] < feature.Length && right[node] < feature.Length;
            if (!whole)
                return false;
        }
        return true;
    }

    private sealed record Stored(
        int Version, long UtcOffsetTicks, double Exponent, double[] Factors, Place Middle, TrainedArea Area, IntervalMargins Margins, double[] Ratios, RegressionTree[] Trees);
}
