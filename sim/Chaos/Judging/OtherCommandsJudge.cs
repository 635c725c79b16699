using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>Commands that are not about one job: what carriers report, and when technicians are on duty.</summary>
public static class OtherCommandsJudge
{
    /// <param name="jobEvents">Events of all jobs.</param>
    public static IEnumerable<Violation> Carriers(IEnumerable<SentCommand> commands, IEnumerable<HistoryEvent> jobEvents)
    {
        Dictionary<string, int> told = jobEvents.Where(e => e.Type == "job.parcelMoved" && e.Text("text") is not null).GroupBy(e => e.Text("text")!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (SentCommand command in commands.Where(c => c.Path == "v1/carrier/events"))
        {
            HashSet<string> unknown = new(StringComparer.Ordinal);
            if (command.Answer is { IsAcknowledged: true } answer)
                using (JsonDocument reply = JsonDocument.Parse(answer.Body))
                    unknown.UnionWith(reply.RootElement.GetProperty("unknown").EnumerateArray().Select(w => w.GetString()!));
            using JsonDocument body = JsonDocument.Parse(command.Body);
            foreach (JsonElement report in body.RootElement.GetProperty("events").EnumerateArray())
            {
                string text = report.GetProperty("text").GetString()!;
                int times = told.GetValueOrDefault(text);
                if (times > 1)
                    yield return new(Wrong.DuplicateEffect, $"{CommandJudge.Name(command)}: {text} happened {times} times");
                if (times == 0 && command.Answer is { IsAcknowledged: true } && !unknown.Contains(report.GetProperty("waybill").GetString()!))
                    yield return new(Wrong.WorkLost, $"{CommandJudge.Name(command)}: {text} was taken, and is nowhere in the history");
            }
        }
    }

    /// <param name="events">Each technician's own events by number.</param>
    public static IEnumerable<Violation> Duty(IEnumerable<SentCommand> commands, IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>> events)
    {
        foreach (SentCommand command in commands.Where(c => c.Path.EndsWith("/duty", StringComparison.Ordinal) && c.Answer is { IsAcknowledged: true }))
        {
            string technician = command.Path.Split('/')[2];
            using JsonDocument body = JsonDocument.Parse(command.Body), reply = JsonDocument.Parse(command.Answer!.Body);
            long version = reply.RootElement.GetProperty("version").GetInt64();
            IReadOnlyList<HistoryEvent> own = events.GetValueOrDefault(technician) ?? [];
            bool? duty = own.LastOrDefault(e => e.Number <= version && e.Type == "technician.dutyChanged")?.Data.GetProperty("onDuty").GetBoolean();
            if (own.Count < version || (duty ?? false) != body.RootElement.GetProperty("onDuty").GetBoolean())
                yield return new(Wrong.WorkLost, $"{CommandJudge.Name(command)}: acknowledged at {version}, which the history of {own.Count} does not show");
        }
    }
}
