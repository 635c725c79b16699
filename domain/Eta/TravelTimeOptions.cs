namespace Dispatch.Domain.Eta;

/// <summary>How a travel-time model is fitted. The same options and trips, in whatever order, give the same model on every machine.</summary>
/// <param name="UtcOffset">The lead of the streets' clock on UTC: rush hours follow it.</param>
/// <param name="Seed">Source of chance: which drivers and which features a tree gets to see.</param>
/// <param name="Trees">Trees of the forest, at least 20. Error falls little beyond 200; time and size grow in proportion.</param>
/// <param name="LeastInLeaf">Observations that a leaf holds at least, at least 1. Large, because single ways are mostly noise.</param>
/// <param name="FeaturesPerSplit">Features that a split chooses from, 1 to <see cref="MostFeatures"/>.</param>
/// <param name="Share">Share of the drivers that a tree sees, 0.1 to 0.9.</param>
public sealed record TravelTimeOptions(
    TimeSpan UtcOffset, ulong Seed = 1, int Trees = 200, int LeastInLeaf = 25, int FeaturesPerSplit = 6, double Share = 0.632)
{
    public const int MostFeatures = LegFeatures.Count;

    /// <exception cref="ArgumentOutOfRangeException">A property outside the range that it states.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(UtcOffset.Duration(), TimeSpan.FromHours(14), nameof(UtcOffset));
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastInLeaf, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FeaturesPerSplit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FeaturesPerSplit, MostFeatures);
        if (!(Share is >= 0.1 and <= 0.9))
            throw new ArgumentOutOfRangeException(nameof(Share), Share, "The share must be from 0.1 to 0.9.");
    }
}
