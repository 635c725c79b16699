using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Api.Input;

/// <summary>
/// Reads every text of a request without bidirectional controls; see <see cref="PersonText"/>. Here, because no field of any request may
/// bring them in.
/// </summary>
internal sealed class PersonTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? PersonText.WithoutBidiControls(text) : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
