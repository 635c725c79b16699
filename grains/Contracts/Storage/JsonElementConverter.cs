using System.Text.Json;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>What a <see cref="JsonElement"/> is on the way between silos: its text, which is empty for none.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jsonText")]
public readonly record struct JsonText([property: Id(0)] string Text);

/// <summary>
/// A silo that leaves hands the records of its activations to the silos that stay. Without this a record that can keep unknown fields could
/// not travel, and each activation would be read from the database again.
/// </summary>
[RegisterConverter]
public sealed class JsonElementConverter : IConverter<JsonElement, JsonText>
{
    public JsonElement ConvertFromSurrogate(in JsonText surrogate)
    {
        if (surrogate.Text.Length == 0)
            return default;
        using JsonDocument document = JsonDocument.Parse(surrogate.Text);
        return document.RootElement.Clone();
    }

    public JsonText ConvertToSurrogate(in JsonElement value) =>
        new(value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText());
}
