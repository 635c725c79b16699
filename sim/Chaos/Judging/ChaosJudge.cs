using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>
/// The verdict over a run, from the clients' own records and what the public interface shows at the end. It has a model of its own of jobs, ledgers and benches and shares nothing with
/// the server.
/// </summary>
public sealed class ChaosJudge(string zoneStream, IReadOnlyDictionary<string, string> technicianOf)
{
    private static readonly string[] Kept = ["accepted", "enRoute", "arrived"];

    private readonly List<Violation> found = [];
    private readonly Dictionary<string, JobCourse> jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerCourse> ledgers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BenchCourse> benches = new(StringComparer.Ordinal);

    /// <summary>How full the fullest bench day was, from 0 to 1 where all went well: whether there was any capacity to overrun.</summary>
    public double FullestBench => benches.Values.Select(b => b.Fullest).DefaultIfEmpty(0).Max();

    public Verdict Judge(Evidence evidence)
    {
        IReadOnlyList<HistoryEvent> zone = evidence.Histories.GetValueOrDefault(zoneStream) ?? [];
        foreach (HistoryEvent e in zone)
            found.AddRange(Meet(e));
        CommandJudge commands = new(jobs);
        foreach (SentCommand command in evidence.Commands)
        {
            if (Intent.Of(command, technicianOf) is { } intent)
                found.AddRange(commands.Judge(command, intent));
            foreach (Answer other in command.Others)
                found.Add(new(Wrong.AnswerChanged, $"{CommandJudge.Name(command)}: first {command.Answer!.Status} {command.Answer.Body}, then {other.Status} {other.Body}"));
        }
        found.AddRange(OrderJudge.Find([.. commands.Operations, .. evidence.Seen.Select(s => new JobOperation(s.Job, "a look", s.InvokedAt, s.At, s.Version, null))]));
        found.AddRange(OtherCommandsJudge.Carriers(evidence.Commands, zone.Where(e => e.Kind == "job")));
        found.AddRange(OtherCommandsJudge.Duty(evidence.Commands, zone.Where(e => e.Kind == "technician").GroupBy(e => e.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, IReadOnlyList<HistoryEvent> (g) => [.. g], StringComparer.Ordinal)));
        found.AddRange(FeedJudge.Find(evidence));
        foreach (Repetition again in evidence.Repetitions)
            if (again.Command.Answer is { } first && (first.Status != again.Status || first.Body != again.Body))
                found.Add(new(first.IsAcknowledged && again.Status >= 400 ? Wrong.WorkLost : Wrong.AnswerChanged, $"{CommandJudge.Name(again.Command)}: first {first.Status} {first.Body}, at the end {again.Status} {again.Body}"));
        found.AddRange(evidence.HeadsMoved.Select(s => new Violation(Wrong.DuplicateEffect, $"{s} grew while commands were repeated that had been answered")));
        found.AddRange(evidence.ServerErrors.Select(e => new Violation(Wrong.ServerFailed, e)));
        if (evidence.AtRest)
            found.AddRange(AtRest());
        else
            found.Add(new(Wrong.Inconsistent, "The server did not come to rest in time, so what ledgers still keep could not be judged."));
        return new Verdict(found, commands.Effects, commands.NothingToDo, commands.UnansweredWithEffect);
    }

    private IEnumerable<Violation> Meet(HistoryEvent e) => e.Kind switch
    {
        "job" => (jobs.TryGetValue(e.Id, out JobCourse? job) ? job : jobs[e.Id] = new JobCourse(e.Id)).Meet(e),
        "technician" => (ledgers.TryGetValue(e.Id, out LedgerCourse? ledger) ? ledger : ledgers[e.Id] = new LedgerCourse(e.Id)).Meet(e),
        "point" => (benches.TryGetValue(e.Id, out BenchCourse? bench) ? bench : benches[e.Id] = new BenchCourse(e.Id)).Meet(e),
        _ => [],
    };

    /// <summary>Once nothing is on its way any more, ledgers and jobs agree about who has what.</summary>
    private IEnumerable<Violation> AtRest()
    {
        HashSet<(string, string, long)> promised = [.. ledgers.SelectMany(l => l.Value.Firm.Select(f => (l.Key, f.Job, f.Epoch))), .. benches.SelectMany(b => b.Value.Firm.Select(f => (b.Key, f.Job, f.Epoch)))];
        HashSet<(string, string, long)> had =
        [
            .. jobs.Values.Where(j => j.Holder is not null && Kept.Contains(j.Status)).Select(j => (j.Holder!, j.Job, j.Epoch)),
            .. jobs.Values.Where(j => j.Bench is not null).Select(j => (j.Bench!, j.Job, j.Epoch)),
        ];
        foreach ((string who, string job, long epoch) in promised.Except(had))
            yield return new(Wrong.Inconsistent, $"{who} still keeps room for {job} under epoch {epoch}, which is {jobs.GetValueOrDefault(job)?.Status} under {jobs.GetValueOrDefault(job)?.Epoch}");
        foreach ((string who, string job, long epoch) in had.Except(promised))
            yield return new(Wrong.DoubleAssignment, $"{job} is {jobs[job].Status} with {who} under epoch {epoch}, who keeps no room for it");
    }
}
