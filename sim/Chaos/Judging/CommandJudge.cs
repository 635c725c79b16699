using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>
/// Holds every command about a job against the history: what was acknowledged happened exactly once and is what the answer said, what was refused did not happen, and what nobody
/// answered happened once or not at all.
/// </summary>
public sealed class CommandJudge
{
    /// <summary>Events that one command can bring about together at most.</summary>
    private const int MostTogether = 3;

    private readonly IReadOnlyDictionary<string, JobCourse> courses;
    private readonly ILookup<string, JobCourse> bySymptom;
    private readonly Dictionary<(string Job, long Number), SentCommand> claimed = [];

    public CommandJudge(IReadOnlyDictionary<string, JobCourse> courses)
    {
        this.courses = courses;
        bySymptom = courses.Values.Where(c => c.Events.Count > 0).ToLookup(c => SymptomOf(c.Events[0].Data, "request") ?? "", StringComparer.Ordinal);
    }

    public int Effects { get; private set; }

    public int NothingToDo { get; private set; }

    public int UnansweredWithEffect { get; private set; }

    /// <summary>What every command about a job saw or did, for the judgement of their order.</summary>
    public List<JobOperation> Operations { get; } = [];

    public IEnumerable<Violation> Judge(SentCommand command, Intent intent)
    {
        List<HistoryEvent> effects = [.. (intent.Job is { } id
            ? courses.TryGetValue(id, out JobCourse? course) ? course.Events : []
            : bySymptom[Symptom(command)].SelectMany(c => c.Events.Take(1))).Where(intent.IsEffect)];
        if (intent.IsMarked && effects.Count > 1)
            return [new(Wrong.DuplicateEffect, $"{Name(command)} happened {effects.Count} times")];
        return command.Answer switch
        {
            null => Unanswered(command, intent, effects),
            { IsAcknowledged: true } answer => Acknowledged(command, intent, effects, answer),
            { } answer => Refused(command, intent, effects, answer),
        };
    }

    private List<Violation> Unanswered(SentCommand command, Intent intent, List<HistoryEvent> effects)
    {
        if (!intent.IsMarked || effects.Count == 0)
            return [];
        UnansweredWithEffect++;
        Operations.Add(new JobOperation(effects[0].Id, Name(command), command.InvokedAt, null, effects[0].Number, effects[0].Number));
        return [];
    }

    private List<Violation> Refused(SentCommand command, Intent intent, List<HistoryEvent> effects, Answer answer)
    {
        if (intent.IsMarked && effects.Count > 0)
            return [new(Wrong.DuplicateEffect, $"{Name(command)} was refused ({answer.Status}) and happened as event {effects[0].Number} of {effects[0].Id}")];
        using JsonDocument problem = JsonDocument.Parse(answer.Body);
        if (intent.Job is { } job && problem.RootElement.TryGetProperty("current", out JsonElement current) && current.TryGetProperty("version", out JsonElement version))
            Operations.Add(new JobOperation(job, Name(command), command.InvokedAt, answer.At, version.GetInt64(), null));
        return [];
    }

    private List<Violation> Acknowledged(SentCommand command, Intent intent, List<HistoryEvent> effects, Answer answer)
    {
        using JsonDocument reply = JsonDocument.Parse(answer.Body);
        string job = reply.RootElement.GetProperty("id").GetString()!;
        long version = reply.RootElement.GetProperty("version").GetInt64();
        if (!courses.TryGetValue(job, out JobCourse? course) || course.At(version) is not { } last)
            return [Lost($"was acknowledged as event {version} of {job}, which has {course?.Events.Count ?? 0}")];
        if (last.Text("status") != reply.RootElement.GetProperty("status").GetString() || last.Integer("epoch") != reply.RootElement.GetProperty("epoch").GetInt64())
            return [Lost($"was acknowledged with {reply.RootElement.GetProperty("status")} under {reply.RootElement.GetProperty("epoch")}, event {version} of {job} says {last.Text("status")} under {last.Integer("epoch")}")];
        HistoryEvent? effect = intent.IsMarked ? effects.FirstOrDefault() : effects.LastOrDefault(e => e.Number <= version && e.Number > version - MostTogether && !claimed.ContainsKey((job, e.Number)));
        Operations.Add(new JobOperation(job, Name(command), command.InvokedAt, answer.At, version, effect?.Number));
        if (effect is null)
        {
            // What is so already needs no second event.
            bool wasSo = intent.Verb is not ("book" or "request" or "offer" or "reassign" or "reschedule") && course.Events.Any(e => e.Number <= version && e.Type == intent.Event);
            NothingToDo += wasSo ? 1 : 0;
            return wasSo ? [] : [Lost($"was acknowledged at {version} of {job}, and is nowhere in its history")];
        }
        if (effect.Number > version || effect.Number <= version - MostTogether)
            return [Lost($"was acknowledged at {version} of {job}, and is its event {effect.Number}")];
        if (!claimed.TryAdd((job, effect.Number), command))
            return [new(Wrong.DuplicateEffect, $"{Name(command)} and {Name(claimed[(job, effect.Number)])} are both event {effect.Number} of {job}")];
        Effects++;
        return [];

        Violation Lost(string what) => new(Wrong.WorkLost, $"{Name(command)} {what}");
    }

    internal static string Name(SentCommand command) => $"{command.Path} ({command.User} {command.Key})";

    private static string Symptom(SentCommand command)
    {
        using JsonDocument body = JsonDocument.Parse(command.Body);
        return body.RootElement.TryGetProperty("symptom", out JsonElement s) ? s.GetString() ?? "" : "";
    }

    private static string? SymptomOf(JsonElement data, string part) => data.TryGetProperty(part, out JsonElement r) && r.TryGetProperty("symptom", out JsonElement s) ? s.GetString() : null;
}
