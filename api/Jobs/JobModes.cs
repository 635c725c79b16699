using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Jobs;

/// <summary>Words of service modes as the contract spells them.</summary>
internal static class JobModes
{
    private static readonly Dictionary<string, ServiceMode> ByWord = Enum.GetValues<ServiceMode>()
        .ToDictionary(m => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(m.ToString()), StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Words => ByWord.Keys;

    /// <summary>Those that can be asked for and are planned; every other one begins as a booking.</summary>
    public static IReadOnlyCollection<string> AskedFor { get; } = [.. ByWord.Where(m => m.Value is ServiceMode.DoorToDoor or ServiceMode.MailIn).Select(m => m.Key)];

    /// <summary>The mode of that word, or null.</summary>
    public static ServiceMode? Find(string word) => ByWord.TryGetValue(word, out ServiceMode mode) ? mode : null;
}
