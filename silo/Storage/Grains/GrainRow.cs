using System.Globalization;

namespace Dispatch.Storage.Grains;

/// <summary>Which row of <c>OrleansStorage</c> holds a state. Named as the official provider names it, so that rows need no conversion.</summary>
internal readonly record struct GrainRow(string StateName, string Key)
{
    /// <exception cref="ArgumentException">The key would be taken for a number or a GUID by the official provider, and meet others that are written differently.</exception>
    public static GrainRow Of(string stateName, GrainId grain)
    {
        var key = grain.Key.ToString()!;
        var end = key.IndexOf('+');
        var number = end < 0 ? key.AsSpan() : key.AsSpan(0, end);
        if (number.Length is > 0 and <= 16 or 32 && !number.ContainsAnyExcept("0123456789abcdefABCDEF"))
            throw new ArgumentException($"The key '{key}' of {grain} reads as a number. Keys of stored grains carry a separator, as in 'main/job_x'.", nameof(grain));
        return new GrainRow(stateName, key);
    }

    public static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    public override string ToString() => $"{StateName}:{Key}";
}
