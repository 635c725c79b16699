using System.Globalization;
using Dispatch.Storage.Clock;

namespace Dispatch.Silo.Hosting;

/// <summary>The anchor of business time as data folders held it in a file of their own, before it was in the database.</summary>
internal static class KeptClock
{
    /// <summary>Process time, business time and speed, separated by spaces; null where the folder has no such file.</summary>
    public static ClockAnchor? Find(string folder)
    {
        string file = Path.Combine(folder, "clock");
        return File.Exists(file) && File.ReadAllText(file).Split(' ') is [string process, string business, string speed]
            ? new ClockAnchor(Parse(process), Parse(business), double.Parse(speed, CultureInfo.InvariantCulture))
            : null;
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
