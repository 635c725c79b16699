namespace Dispatch.Api.Input;

/// <summary>Calendar days in requests.</summary>
internal static class DayCheck
{
    /// <summary>Days outside are a slip; far from the ends of what can be reckoned with.</summary>
    private static readonly DateOnly Earliest = new(2000, 1, 1), Latest = new(2200, 1, 1);

    public static void DayIfGiven(this Check check, DateOnly? value, string field)
    {
        if (value is { } day && (day < Earliest || day > Latest))
            check.Fault(field, "out_of_range");
    }

    /// <summary>A word of an enum as the contract spells it, or a fault.</summary>
    public static void Word<TEnum>(this Check check, string? value, string field) where TEnum : struct, Enum => check.OneOf(value, field, Words<TEnum>.All.Keys);

    /// <summary>Only after a clean check.</summary>
    public static TEnum ToWord<TEnum>(string value) where TEnum : struct, Enum => Words<TEnum>.All[value];

    private static class Words<TEnum> where TEnum : struct, Enum
    {
        public static readonly Dictionary<string, TEnum> All =
            Enum.GetValues<TEnum>().ToDictionary(v => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), StringComparer.Ordinal);
    }
}
