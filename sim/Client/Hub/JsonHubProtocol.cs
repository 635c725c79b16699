using System.Buffers;
using System.Text.Json;

namespace Dispatch.Sim.Client.Hub;

/// <summary>
/// Reads and writes the SignalR JSON hub protocol (version 1): records of UTF-8 JSON, each ended by 0x1E. Pure. Format:
/// github.com/dotnet/aspnetcore, src/SignalR/docs/specs/HubProtocol.md.
/// </summary>
public static class JsonHubProtocol
{
    private const int Invocation = 1, Completion = 3, Ping = 6, Close = 7;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The first record a client sends.</summary>
    public static byte[] HandshakeRequest() => Record(w =>
    {
        w.WriteString("protocol", "json");
        w.WriteNumber("version", 1);
    });

    /// <summary>Null if the server agrees, else its reason.</summary>
    public static string? HandshakeError(ReadOnlyMemory<byte> record)
    {
        JsonElement root = Parse(record);
        return root.TryGetProperty("error", out JsonElement error) ? error.GetString() ?? "no reason given" : null;
    }

    /// <summary>One record with a call. <paramref name="arguments"/> are written with camel-case names.</summary>
    public static byte[] Call(string? invocationId, string target, params ReadOnlySpan<object?> arguments)
    {
        object?[] values = arguments.ToArray();
        return Record(w =>
        {
            w.WriteNumber("type", Invocation);
            if (invocationId is not null)
                w.WriteString("invocationId", invocationId);
            w.WriteString("target", target);
            w.WriteStartArray("arguments");
            foreach (object? value in values)
                JsonSerializer.Serialize(w, value, Json);
            w.WriteEndArray();
        });
    }

    public static byte[] PingRecord() => Record(w => w.WriteNumber("type", Ping));

    public static byte[] CloseRecord() => Record(w => w.WriteNumber("type", Close));

    /// <exception cref="HubProtocolException">Not JSON, or a field that its type must have is missing.</exception>
    public static HubMessage Read(ReadOnlyMemory<byte> record)
    {
        JsonElement root = Parse(record);
        int type = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out JsonElement t) && t.TryGetInt32(out int number)
            ? number
            : throw new HubProtocolException("A record without a type.");
        return type switch
        {
            Invocation => new InvocationMessage(Text(root, "invocationId"), Must(root, "target"), Arguments(root)),
            Completion => new CompletionMessage(Must(root, "invocationId"), Text(root, "error"), root.TryGetProperty("result", out JsonElement result) ? result : null),
            Ping => new PingMessage(),
            Close => new CloseMessage(Text(root, "error"), root.TryGetProperty("allowReconnect", out JsonElement allow) && allow.ValueKind == JsonValueKind.True),
            _ => new UnusedMessage(type),
        };
    }

    private static IReadOnlyList<JsonElement> Arguments(JsonElement root) =>
        root.TryGetProperty("arguments", out JsonElement arguments) && arguments.ValueKind == JsonValueKind.Array
            ? [.. arguments.EnumerateArray()]
            : throw new HubProtocolException("An invocation without arguments.");

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Must(JsonElement root, string name) => Text(root, name) ?? throw new HubProtocolException($"A record without {name}.");

    private static JsonElement Parse(ReadOnlyMemory<byte> record)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(record);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new HubProtocolException("A record is not JSON.", e);
        }
    }

    private static byte[] Record(Action<Utf8JsonWriter> body)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }
        buffer.Write([RecordSplitter.Separator]);
        return buffer.WrittenSpan.ToArray();
    }
}
