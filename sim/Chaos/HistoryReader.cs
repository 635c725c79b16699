using System.Buffers;
using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Chaos;

/// <summary>Reads whole streams over HTTP.</summary>
public static class HistoryReader
{
    private const int Page = 1000;

    public static async Task<IReadOnlyList<HistoryEvent>> Read(ApiClient api, string stream, CancellationToken cancellation)
    {
        List<HistoryEvent> all = [];
        while (true)
        {
            EventPage page = (await api.Get<EventPage>(FormattableString.Invariant($"v1/streams/{stream}/events?after={(all.Count == 0 ? 0 : all[^1].Seq)}&limit={Page}"), cancellation)).Must("events of " + stream);
            foreach (StreamEvent e in page.Events)
                all.Add(new HistoryEvent(e.Seq, e.Type, e.At, e.Source, e.Number, WithoutView(e.Data)));
            if (page.Events.Count == 0 || all[^1].Seq >= page.Head)
                return all;
        }
    }

    public static async Task<long> Head(ApiClient api, string stream, CancellationToken cancellation) =>
        (await api.Get<EventPage>($"v1/streams/{stream}/events?after={long.MaxValue / 2}&limit=1", cancellation)).Must("head of " + stream).Head;

    /// <summary>The view is the present one and large; what happened is in the rest.</summary>
    private static JsonElement WithoutView(JsonElement data)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in data.EnumerateObject())
                if (property.Name != "view")
                    property.WriteTo(writer);
            writer.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
