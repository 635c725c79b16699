namespace Dispatch.Domain.Routing.Bounds;

/// <summary>How finely partial routes are told apart, and what becomes of those too many.</summary>
/// <param name="Slices">Slices of time per stop's window.</param>
/// <param name="Labels">Labels per slice that stay apart.</param>
/// <param name="IsRelaxed">
/// More labels are merged into one that is as good as the best of each, so that the least cost found is valid. Else the dearest are dropped: what is
/// found are routes somebody could drive, fast, but nothing about those that were not found.
/// </param>
/// <param name="Rounds">Rounds after which the next detail is due in any case.</param>
/// <param name="Near">Distance between bound and master problem, as a share, at which it is due.</param>
internal readonly record struct PricingDetail(int Slices, int Labels, bool IsRelaxed, int Rounds, double Near)
{
    /// <summary>A relaxation fast enough to be asked for a bound on the way.</summary>
    public static PricingDetail Coarse { get; } = new(12, 4, true, 8, 0.015);

    /// <summary>Routes first, then relaxations that get finer and slower.</summary>
    public static PricingDetail[] Steps { get; } =
    [
        new(4, 2, false, int.MaxValue, 0),
        new(12, 4, false, int.MaxValue, 0),
        Coarse,
        new(48, 16, true, int.MaxValue, 0.004),
        new(96, 64, true, int.MaxValue, 2e-5),
    ];

    public bool EndsAt(int rounds, double distance) => IsRelaxed && (rounds >= Rounds || distance < Near);
}
