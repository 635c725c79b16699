using System.Collections.Frozen;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Dispatch.Domain.Calendars;

/// <summary>Which names of time zones are taken: those of the IANA database, because browsers know no others and throw at them.</summary>
internal static partial class TimeZoneNames
{
    public static FrozenSet<string> All { get; } = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The IANA name that a stored name stands for: spelled wrongly, of another operating system, or a fixed offset. Null where nothing is
    /// known of it.
    /// </summary>
    public static string? Repair(string stored)
    {
        string name = stored.Trim();
        if (All.Contains(name))
            return name;
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out string? windows))
            return windows;
        if (FixedOffset().Match(name) is { Success: true } match)
            // The names of fixed offsets in the database have the sign of POSIX: Etc/GMT-8 is eight hours east of Greenwich.
            return $"Etc/GMT{(match.Groups[1].Value == "+" ? '-' : '+')}{match.Groups[2].Value}";
        return All.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^(?:GMT|UTC)([+-])0?([1-9]|1[0-2])(?::?00)?$")]
    private static partial Regex FixedOffset();
}
