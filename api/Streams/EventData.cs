using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Dispatch.Api.Reading;
using Dispatch.Api.Tracking;
using Dispatch.Grains.Contracts.Feeds;

namespace Dispatch.Api.Streams;

/// <summary>
/// Turns the stored JSON of an event into the public <c>data</c>: without what is nobody's business, in the contract's spelling, with the view.
/// </summary>
internal static class EventData
{
    private static readonly string[] JobKeys = ["jobId", "status", "epoch", "version"];

    /// <summary>How the redacted events of the desk name their thing.</summary>
    private static readonly FrozenDictionary<string, string> DeskIds = new Dictionary<string, string>
    {
        [ChangeToken.Contact] = "contactId",
        [ChangeToken.CallBack] = "callBackId",
        [ChangeToken.Case] = "caseId",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>For staff and technicians, of complaints and calls for the service desk alone.</summary>
    public static RawJson Full(SequencedEvent e, StoredView? view) => Write(e, writer =>
    {
        using JsonDocument data = JsonDocument.Parse(e.Data);
        foreach (JsonProperty property in data.RootElement.EnumerateObject())
            Clean(writer, property);
        if (view is null)
            return;
        if (e.ViewKind == ChangeToken.Job)
            AddMissing(writer, data.RootElement, e, view);
        writer.WritePropertyName("view");
        object shown = view.ToPublicView();
        JsonSerializer.Serialize(writer, shown, shown.GetType(), ApiJson.Options);
    });

    /// <summary>For the holder of a tracking token, and of complaints and calls for everybody else: that something happened, and what a customer may know now.</summary>
    public static RawJson Redacted(SequencedEvent e, StoredView? view, string? technicianName) => Write(e, writer =>
    {
        if (DeskIds.TryGetValue(e.ViewKind, out string? id))
        {
            // That something happened; the rest is asked for. A case is part of its job's stream, where a status would be taken for the job's.
            writer.WriteString(id, e.ViewId);
            return;
        }
        using JsonDocument data = JsonDocument.Parse(e.Data);
        foreach (JsonProperty property in data.RootElement.EnumerateObject())
            if (JobKeys.Contains(property.Name, StringComparer.Ordinal))
                property.WriteTo(writer);
        if (view is null || e.ViewKind != ChangeToken.Job)
            return;
        AddMissing(writer, data.RootElement, e, view);
        writer.WritePropertyName("view");
        Domain.Jobs.JobState job = view.ToJob();
        // By the time of the change, so that an event reads the same whenever it is read.
        JsonSerializer.Serialize(writer, TrackedJobView.Of(job, view.Version, technicianName, job.ChangedAt), ApiJson.Options);
    });

    private static RawJson Write(SequencedEvent e, Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new(e.Data.Length + 1024);
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        content(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new RawJson(buffer.WrittenMemory);
    }

    /// <summary>Every job event names these four, also one whose own fields do not.</summary>
    private static void AddMissing(Utf8JsonWriter writer, JsonElement data, SequencedEvent e, StoredView view)
    {
        if (JobKeys.All(key => data.TryGetProperty(key, out _)))
            return;
        Domain.Jobs.JobState job = view.ToJob();
        if (!data.TryGetProperty("jobId", out _))
            writer.WriteString("jobId", e.ViewId);
        if (!data.TryGetProperty("status", out _))
            writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(job.Status.ToString()));
        if (!data.TryGetProperty("epoch", out _))
            writer.WriteNumber("epoch", job.Epoch.Value);
        if (!data.TryGetProperty("version", out _))
            writer.WriteNumber("version", e.Number);
    }

    private static void Clean(Utf8JsonWriter writer, JsonProperty property)
    {
        switch (property.Name)
        {
            case "$type" or "tenant" or "isValid" or "signatureDigest" or "digest" or "view":
                return;
            case "service" when property.Value.ValueKind == JsonValueKind.String && TimeSpan.TryParse(property.Value.GetString(), CultureInfo.InvariantCulture, out TimeSpan service):
                writer.WriteNumber("serviceSeconds", (long)service.TotalSeconds);
                return;
            case "outcome" when property.Value.ValueEquals("notRepaired"):
                writer.WriteString("outcome", "not_repaired");
                return;
            default:
                writer.WritePropertyName(property.Name);
                Clean(writer, property.Value);
                return;
        }
    }

    private static void Clean(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject())
                    Clean(writer, property);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    Clean(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
