using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>How records, events and views are written as JSON, in one place for every store and reader.</summary>
public static class StorageJson
{
    /// <summary>camelCase names, enums as camelCase words, nulls left out, ids as plain strings.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
