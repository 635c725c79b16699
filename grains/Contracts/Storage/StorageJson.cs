using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>How everything that is kept is written as JSON: records, events and views.</summary>
public static class StorageJson
{
    /// <summary>
    /// camelCase names, enums as camelCase words, ids through their converters as plain strings, nothing written for null. Reading takes a type
    /// discriminator in any place, as another database may have reordered members, and a list that is missing, because the text is older than the member, as
    /// empty. Letters of every script stay readable; only what HTML
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
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { EmptyWhereMissing } },
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A missing immutable array would be its default, which throws at the first use and cannot even be written again.</summary>
    private static void EmptyWhereMissing(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsValueType)
            return;
        List<(JsonPropertyInfo Property, object Missing, object Empty)> arrays = [];
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property is { Get: not null, Set: not null, PropertyType.IsConstructedGenericType: true }
                && property.PropertyType.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
                arrays.Add((property, Activator.CreateInstance(property.PropertyType)!, property.PropertyType.GetField(nameof(ImmutableArray<int>.Empty))!.GetValue(null)!));
        }
        if (arrays.Count == 0)
            return;
        Action<object>? before = type.OnDeserialized;
        type.OnDeserialized = read =>
        {
            foreach ((JsonPropertyInfo property, object missing, object empty) in arrays)
                if (missing.Equals(property.Get!(read)))
                    property.Set!(read, empty);
            before?.Invoke(read);
        };
    }
}
