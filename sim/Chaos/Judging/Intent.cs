using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>
/// What a command wants of a job, as its event would show it. Clients mark commands by what only they say: a reason, a moment, a symptom. So an effect can be told from another one's,
/// also where no answer came.
/// </summary>
/// <param name="Job">Null for a request, whose job is not known before it is answered.</param>
/// <param name="Event">Type of the event that is the effect.</param>
/// <param name="Is">Whether an event of that type is this command's.</param>
/// <param name="IsMarked">Nobody else's effect can look the same. Otherwise an effect is known by the version in the answer.</param>
public sealed record Intent(string Verb, string? Job, string Event, Func<HistoryEvent, bool> Is, bool IsMarked)
{
    public bool IsEffect(HistoryEvent e) => (e.Type == Event || (Verb == "reassign" && e.Type == "job.bookingWithdrawn")) && Is(e);

    /// <summary>Null where the command is not about one job.</summary>
    /// <param name="technicians">Ids by user.</param>
    public static Intent? Of(SentCommand command, IReadOnlyDictionary<string, string> technicians)
    {
        string[] path = command.Path.Split('/');
        using JsonDocument document = JsonDocument.Parse(command.Body.Length == 0 ? "{}" : command.Body);
        JsonElement body = document.RootElement.Clone();
        if (path is ["v1", "jobs"])
            return new("request", null, "job.requested", Symptom(Text(body, "symptom")), true);
        return path switch
        {
            ["v1", "jobs", { } job, { } verb] => OfJob(verb, job, body, technicians.GetValueOrDefault(command.User)),
            ["v1", "track", { } token, { } verb] => OfJob(verb, token[..token.IndexOf('.')], body, null),
            _ => null,
        };
    }

    private static Intent? OfJob(string verb, string job, JsonElement body, string? technician)
    {
        long epoch = body.TryGetProperty("epoch", out JsonElement given) ? given.GetInt64() : -1;
        DateTimeOffset? at = Time(body, "occurredAt");
        return verb switch
        {
            "triage" => new(verb, job, "job.triaged", e => e.Data.TryGetProperty("needs", out JsonElement n) && n.GetProperty("serviceSeconds").GetInt64() == body.GetProperty("serviceSeconds").GetInt64(), true),
            "offer" => new(verb, job, "job.offered", e => FirstVisit(e) == Time(body, "departAt"), true),
            "accept" => new(verb, job, "job.accepted", e => e.Text("technicianId") == technician && e.Integer("epoch") == epoch, true),
            // The last of the candidates to decline ends the offer, and its epoch.
            "decline" => new(verb, job, "job.declined", e => e.Text("technicianId") == technician && (e.Integer("epoch") == epoch || e.Integer("epoch") == epoch + 1), true),
            "depart" => At("job.departed"),
            "arrive" => At("job.arrived"),
            "repair" => At("job.repaired"),
            "sign" => At("job.signed"),
            "close" => At("job.closed"),
            "receive" => At("job.received"),
            "inspect" => At("job.inspected"),
            "start" => At("job.benchStarted"),
            "finish" => At("job.benchFinished"),
            "check" => At("job.checked"),
            "pack" => At("job.packed"),
            "ship" => At("job.shipped"),
            "cancel" => Reason("job.cancelled"),
            "reassign" => Reason("job.withdrawn"),
            "reschedule" => new(verb, job, "job.rescheduled", e => FirstWindow(e) == Time(body.GetProperty("windows")[0], "from"), true),
            "book" => new(verb, job, "job.booked", e => e.Data.GetProperty("booking").GetProperty("pointId").GetString() == Text(body, "pointId"), false),
            "confirm" => new(verb, job, "job.closed", _ => true, false),
            _ => null,
        };
        Intent At(string type) => new(verb, job, type, e => e.Time("at") == at, true);
        Intent Reason(string type) => new(verb, job, type, e => e.Text("reason") == Text(body, "reason"), true);
    }

    private static Func<HistoryEvent, bool> Symptom(string? symptom) => e => e.Data.TryGetProperty("request", out JsonElement r) && Text(r, "symptom") == symptom;

    private static DateTimeOffset? FirstVisit(HistoryEvent e) =>
        e.Data.TryGetProperty("candidates", out JsonElement all) && all.GetArrayLength() > 0 ? Time(all[0].GetProperty("visit"), "departAt") : null;

    private static DateTimeOffset? FirstWindow(HistoryEvent e) =>
        e.Data.TryGetProperty("windows", out JsonElement all) && all.GetArrayLength() > 0 ? Time(all[0], "from") : null;

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;

    private static DateTimeOffset? Time(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.String ? v.GetDateTimeOffset() : null;
}
