using System.Globalization;

namespace Dispatch.Bench.Dynamic;

/// <summary>One instance's day under plain insertion and under the search.</summary>
/// <param name="Best">Movable part of the best known plan of somebody who knows everything from the start, or null.</param>
/// <param name="Seconds">Wall time of the searched day.</param>
public sealed record DayComparison(string Name, DayFigures Plain, DayFigures Searched, double? Best, double Seconds)
{
    /// <summary>Movable part beside plain insertion's; below 1 is less work.</summary>
    public double Ratio => Searched.Movable / Plain.Movable;

    /// <summary>Movable part above the static best known.</summary>
    public double? Gap => (Searched.Movable / Best) - 1;

    public static string Summary(IReadOnlyList<DayComparison> lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"mean: insertion served {Share(lines, line => line.Plain):P2}, movable {lines.Average(line => line.Plain.Movable):F1}; "
        + $"search served {Share(lines, line => line.Searched):P2}, not served {lines.Sum(line => line.Searched.NotServed)}, late {lines.Sum(line => line.Searched.Late)}, "
        + $"movable {lines.Average(line => line.Searched.Movable):F1}, ratio {lines.Average(line => line.Ratio):F4}, above static best {lines.Average(line => line.Gap):P1}, {lines.Sum(line => line.Seconds):F0} s");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-8} insertion: served {Plain.Served,3}, not {Plain.NotServed,2}, movable {Plain.Movable,8:F1}   "
        + $"search: served {Searched.Served,3}, not {Searched.NotServed,2}, late {Searched.Late}, movable {Searched.Movable,8:F1}, ratio {Ratio:F3}, above static best {Gap,6:P1}, {Seconds:F1} s");

    private static double Share(IReadOnlyList<DayComparison> lines, Func<DayComparison, DayFigures> of) =>
        (double)lines.Sum(line => of(line).Served) / lines.Sum(line => of(line).Served + of(line).NotServed);
}
