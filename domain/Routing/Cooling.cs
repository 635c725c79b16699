namespace Dispatch.Domain.Routing;

/// <summary>Temperature of a search in mean travel to a near job: what a change for the worse may cost.</summary>
internal static class Cooling
{
    private const double Hot = 5.0;
    private const double Cold = 0.1;

    private static readonly double Fall = Math.Log(Cold / Hot);

    /// <param name="share">How much of the search is past, 0 to 1.</param>
    public static double At(double share) => Hot * Math.Exp(Fall * share);
}
