namespace Dispatch.Domain.Messages;

/// <summary>The languages messages are written in.</summary>
public static class MessageLanguages
{
    public const string Simplified = "zh-Hans", Traditional = "zh-Hant", English = "en";

    public static IReadOnlyList<string> All { get; } = [Simplified, Traditional, English];

    /// <summary>The one of ours that a customer's language tag asks for: Chinese by script or, where none is given, by region; simplified Chinese for none and for every other.</summary>
    public static string Of(string? tag)
    {
        string[] parts = (tag ?? "").ToLowerInvariant().Split('-', '_');
        return parts[0] switch
        {
            "en" => English,
            "zh" => parts.Contains("hant") || (!parts.Contains("hans") && parts.Any(p => p is "tw" or "hk" or "mo")) ? Traditional : Simplified,
            _ => Simplified,
        };
    }
}
