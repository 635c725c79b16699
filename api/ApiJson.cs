using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Api.Input;
using Dispatch.Api.Streams;

namespace Dispatch.Api;

/// <summary>How requests and answers are written as JSON: camelCase, words for enums, nulls left out, times with an offset.</summary>
internal static class ApiJson
{
    /// <summary>Deeper JSON than this is refused; the deepest request of the contract has five levels.</summary>
    public const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The same for reading requests: what people typed comes without characters that turn the text around it.</summary>
    public static JsonSerializerOptions Requests { get; } = Create(new PersonTextConverter());

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.PropertyNameCaseInsensitive = false;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new OffsetTimeConverter());
        options.Converters.Add(new RawJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create(params ReadOnlySpan<JsonConverter> more)
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web);
        Apply(options);
        foreach (JsonConverter converter in more)
            options.Converters.Add(converter);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
