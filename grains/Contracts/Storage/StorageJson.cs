using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>How everything that is kept is written as JSON: records, events and views.</summary>
public static class StorageJson
{
    /// <summary>
    /// camelCase names, enums as camelCase words, ids through their converters as plain strings, nothing written for null. Reading takes a type
    /// discriminator in any place, as another database may have reordered members. Letters of every script stay readable; only what HTML
    /// could mistake for markup is escaped. Shared and frozen.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // The defaults for the web would also read "5" as a number.
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowOutOfOrderMetadataProperties = true,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
