using System.Text.Json;
using System.Text.Json.Serialization;

namespace Storage.Tests.Support;

/// <summary>A stored state as plain as can be.</summary>
public sealed class Sample
{
    public string? Text { get; set; }
    public long? DueAt { get; set; }
    public long? DrainAt { get; set; }
    [JsonExtensionData] public Dictionary<string, JsonElement>? Unknown { get; set; }
}
