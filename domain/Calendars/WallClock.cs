using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace Dispatch.Domain.Calendars;

/// <summary>
/// The wall clock of one time zone: the only place where days and hours of a calendar become moments, and moments days and hours.
/// The time zone database comes with the program, so every machine gives the same answer.
/// </summary>
public sealed class WallClock
{
    private static readonly IDateTimeZoneProvider Database = DateTimeZoneProviders.Tzdb;
    private static readonly ConcurrentDictionary<string, WallClock?> Known = new(StringComparer.Ordinal);

    private readonly DateTimeZone zone;

    private WallClock(DateTimeZone zone) => this.zone = zone;

    public static WallClock Utc { get; } = new(DateTimeZone.Utc);

    /// <summary>Every name that <see cref="Find"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => TimeZoneNames.All;

    /// <summary>Name in the IANA database, spelled as there.</summary>
    public string Name => zone.Id;

    /// <summary>The clock of an IANA name, spelled exactly; null for any other name.</summary>
    public static WallClock? Find(string name) =>
        TimeZoneNames.All.Contains(name) ? Known.GetOrAdd(name, static n => new WallClock(Database[n])) : null;

    /// <exception cref="ArgumentException">Not an IANA name.</exception>
    public static WallClock Of(string name) =>
        Find(name) ?? throw new ArgumentException($"'{name}' is not a name of the IANA time zone database, such as Asia/Shanghai.", nameof(name));

    /// <summary>
    /// The clock of a name that is stored already. Records from before names were checked may hold one of another operating system:
    /// the same zone where it can be told, else UTC, so that one wrong row stops nothing.
    /// </summary>
    public static WallClock OfStored(string? name) =>
        Find(name ?? "") ?? Known.GetOrAdd(name ?? "", static n => Find(TimeZoneNames.Repair(n) ?? "") ?? Utc)!;

    /// <summary>The same moment with the offset that the clock has then, in whole minutes.</summary>
    public DateTimeOffset At(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromMinutes(zone.GetUtcOffset(Instant.FromDateTimeOffset(moment)).Seconds / 60));

    /// <summary>The calendar day of a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(At(moment).DateTime);

    /// <summary>
    /// The first moment at which the clock shows this time of this day or a later one. A time that a change of clocks leaves out is the
    /// moment of the change; of a time that comes twice it is the first. Never decreases with the time asked for.
    /// </summary>
    public DateTimeOffset First(DateOnly day, TimeOnly time)
    {
        ZoneLocalMapping mapping = zone.MapLocal(day.ToLocalDate() + time.ToLocalTime());
        Instant first = mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
        return first.ToDateTimeOffset();
    }

    /// <summary>
    /// Hours of a day as an interval that never ends before it begins. An end that is not after the begin is on the next day, so that
    /// 00:00 is the end of the day itself. Empty where a change of clocks leaves all of it out.
    /// </summary>
    public TimeWindow Hours(DateOnly day, TimeOnly from, TimeOnly until) => new(First(day, from), First(until <= from ? day.AddDays(1) : day, until));

    /// <summary>Whether the calendar has this day: Apia had no 30 December 2011.</summary>
    public bool Has(DateOnly day) => First(day, TimeOnly.MinValue) < First(day.AddDays(1), TimeOnly.MinValue);

    public override string ToString() => Name;
}
