using System.Globalization;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Api.ServicePoints;

/// <summary>When a service point is open, in its own time zone.</summary>
/// <param name="Open"><c>HH:mm</c>.</param>
/// <param name="Close"><c>HH:mm</c>, <c>24:00</c> for the end of the day; not after <paramref name="Open"/> means on the next day.</param>
/// <param name="TimeZone">As it was entered; since names are checked, an IANA name.</param>
/// <param name="ClosedOn">Days of the week in English, lower case.</param>
/// <param name="EffectiveTimeZone">IANA name of the zone that the server goes by; another than <paramref name="TimeZone"/> only where that is not one.</param>
public sealed record HoursView(string Open, string Close, string TimeZone, IReadOnlyList<string> ClosedOn, string EffectiveTimeZone)
{
    internal const string EndOfDay = "24:00";

    public static HoursView Of(OpeningHours hours) => new(
        Text(hours.Open), hours.Close == TimeOnly.MinValue ? EndOfDay : Text(hours.Close), hours.TimeZone,
        [.. hours.ClosedOn.Select(day => day.ToString().ToLowerInvariant())], hours.Clock.Name);

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Devices of one kind of bench a day.</summary>
public sealed record SlotsView(string Category, int PerDay);

/// <summary>Parts on the shelf, and how many of them jobs hold.</summary>
public sealed record PointStockView(string Code, int Quantity, int Reserved);

/// <summary>How full a bench is on one day.</summary>
public sealed record BenchDayView(DateOnly Day, string Category, int Slots, int Taken);

/// <summary>A service point as staff see it.</summary>
/// <param name="Days">Days that have something taken, in order.</param>
public sealed record PointView(
    string Id,
    string Name,
    string Zone,
    PlaceView Place,
    IReadOnlyList<string> Serves,
    IReadOnlyList<string> Brands,
    IReadOnlyList<SkillView> Skills,
    HoursView Hours,
    IReadOnlyList<SlotsView> Slots,
    IReadOnlyList<PointStockView> Stock,
    IReadOnlyList<BenchDayView> Days,
    long Version)
{
    public static PointView Of(ServicePointState point, long version) => new(
        point.Id.Value,
        point.Profile.Name,
        point.Profile.Zone.Value,
        PlaceView.Of(point.Profile.Place),
        [.. point.Profile.Serves.Select(z => z.Value)],
        point.Profile.Brands,
        [.. point.Profile.Skills.Select(SkillView.Of)],
        HoursView.Of(point.Profile.Hours),
        [.. point.Profile.Slots.Select(s => new SlotsView(s.Category, s.PerDay))],
        [.. point.Stock.Select(line => new PointStockView(line.Code, line.Quantity, Reserved(point, line.Code)))],
        [.. point.Bench.GroupBy(s => (s.Day, s.Category)).OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Category, StringComparer.Ordinal)
            .Select(g => new BenchDayView(g.Key.Day, g.Key.Category, point.Profile.PerDay(g.Key.Category), g.Count()))],
        version);

    private static int Reserved(ServicePointState point, string part) => point.Bench
        .Where(s => s.Status != BenchSlotStatus.Finished)
        .SelectMany(s => s.Parts)
        .Where(p => string.Equals(p.Code, part, StringComparison.Ordinal))
        .Sum(p => p.Quantity);
}

public sealed record PointListView(IReadOnlyList<PointView> Items);
