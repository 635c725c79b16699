using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dispatch.Sim.Chaos.Journals;

/// <summary>Whether two events say the same, without keeping what they say. The view that comes with an event is the present one, so it is no part of it.</summary>
public static class Digests
{
    public static ulong Of(string type, DateTimeOffset at, string source, long number, JsonElement data)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}\n{at.UtcTicks}\n{source}\n{number}\n")));
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            if (data.ValueKind == JsonValueKind.Object)
                foreach (JsonProperty property in data.EnumerateObject())
                    if (property.Name != "view")
                        property.WriteTo(writer);
            writer.WriteEndObject();
        }
        return BitConverter.ToUInt64(SHA256.HashData(buffer.WrittenSpan));
    }

    public static ulong Of(HistoryEvent e) => Of(e.Type, e.At, e.Source, e.Number, e.Data);
}
