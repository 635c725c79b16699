using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Api.Input;

/// <summary>
/// RFC 3339 with a stated offset. Without one the serializer would take the server's own zone, and the same request would mean different
/// moments on different machines.
/// </summary>
internal sealed class OffsetTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !TryParse(reader.GetString()!, out DateTimeOffset time))
            throw new JsonException("a time is RFC 3339 with an offset, for example 2026-05-01T09:30:00+08:00");
        return time;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>Date, T, time and then Z or ±hh:mm; the parser checks the figures.</summary>
    private static bool HasOffset(string text)
    {
        if (text.Length is < 20 or > 40 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't'))
            return false;
        return text[^1] is 'Z' or 'z' || (text[^6] is '+' or '-' && text[^3] == ':');
    }
}
