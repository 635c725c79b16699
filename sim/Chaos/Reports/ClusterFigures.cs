using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos.Reports;

/// <summary>When something was done to a cluster, on the clients' clock and on the wall.</summary>
/// <param name="Until">When every node was ready again.</param>
public sealed record DisturbanceWindow(Disturbance What, string Node, long FromTicks, long UntilTicks, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>A thawed silo that ended itself, because the others had voted it out.</summary>
    public bool EndedItself { get; init; }
}

/// <summary>What one disturbance did to the people outside. Seconds.</summary>
/// <param name="Commands">Commands that were under way during it.</param>
/// <param name="SlowestCommand">From first sending to the decision, of those.</param>
/// <param name="StreamGap">The longest time in which one watcher was not current.</param>
/// <param name="EventDelay">The longest time from a decision to its arrival at a watcher.</param>
/// <param name="ReadyAgain">From the disturbance, or the end of a freeze, until every node was ready.</param>
public sealed record DisturbanceFigures(
    int Number, string Kind, string Node, double At, double Lasted, int Commands, double SlowestCommand, double StreamGap, double EventDelay, double ReadyAgain, bool EndedItself)
{
    public static DisturbanceFigures Of(DisturbanceWindow window, Evidence evidence, DateTimeOffset began, TimeProvider time)
    {
        List<double> commands = [.. evidence.Commands
            .Where(c => c.Answer is { } answer && answer.At >= window.FromTicks && c.InvokedAt <= window.UntilTicks)
            .Select(c => time.GetElapsedTime(c.InvokedAt, c.Answer!.At).TotalSeconds)];
        IEnumerable<double> gaps = evidence.Watchers.SelectMany(w => w.Interruptions).Where(i => i.Until >= window.From && i.From <= window.Until)
            .Select(i => (i.Until - (i.From > window.From ? i.From : window.From)).TotalSeconds);
        IEnumerable<double> delays = evidence.Watchers.SelectMany(w => w.Arrivals).Where(a => a.Applied >= window.From && a.Happened <= window.Until).Select(a => (a.Applied - a.Happened).TotalSeconds);
        double lasted = window.What.Kind == DisturbanceKind.BusyProcessors ? (window.Until - window.From).TotalSeconds : window.What.Lasts.TotalSeconds;
        return new DisturbanceFigures(
            window.What.Number, window.What.Kind.ToString(), window.Node, Round((window.From - began).TotalSeconds), Round(lasted), commands.Count, Round(Most(commands)), Round(Most(gaps)), Round(Most(delays)),
            Round((window.Until - window.From).TotalSeconds - lasted), window.EndedItself);
    }

    private static double Most(IEnumerable<double> values) => values.DefaultIfEmpty(0).Max();

    private static double Round(double seconds) => Math.Round(seconds, 1);
}

/// <summary>What is asked of a cluster beside what is asked of one server.</summary>
/// <param name="HealthyEvictions">Nodes that ended although nothing had been done to them: an Orleans silo ends itself when it has been voted out.</param>
/// <param name="StaleWrites">Records or rows put back to an older state, and events of states that never were.</param>
/// <param name="RecordsJudged">Records that were looked at for that.</param>
/// <param name="Http500">Answers of 500 and above that were not 503.</param>
/// <param name="Http503">Answers that said not now.</param>
/// <param name="CommandsWithoutSuccess">Commands that were repeated for a minute, and never decided.</param>
/// <param name="MostConnections">To the database, all nodes together, of some hundred looks.</param>
public sealed record ClusterFigures(
    int Silos, int ApiNodes, int HealthyEvictions, int StaleWrites, int RecordsJudged, int Http500, int Http503, int CommandsWithoutSuccess, int MostConnections, IReadOnlyList<DisturbanceFigures> Disturbances)
{
    /// <summary>Commands begun in a second, setting up and the answers asked for again at the end left out.</summary>
    public double CommandsPerSecond { get; init; }

    /// <summary>From first sending to the decision, of all commands.</summary>
    public Spread CommandMs { get; init; } = new(null, null, null);

    public ClusterFigures With(Evidence evidence, TimeProvider time)
    {
        long[] begun = [.. evidence.Commands.Select(c => c.InvokedAt).Order()];
        double seconds = begun.Length < 2 ? 0 : time.GetElapsedTime(begun[0], begun[^1]).TotalSeconds;
        return this with
        {
            CommandsPerSecond = seconds > 0 ? Math.Round(begun.Length / seconds, 1) : 0,
            CommandMs = Spread.Of([.. evidence.Commands.Where(c => c.Answer is not null).Select(c => time.GetElapsedTime(c.InvokedAt, c.Answer!.At))]),
        };
    }

    public void Print(TextWriter to)
    {
        to.WriteLine($"cluster                  {Silos} silos, {ApiNodes} API nodes; healthy nodes evicted {HealthyEvictions}; stale writes {StaleWrites} (of {RecordsJudged} records); at most {MostConnections} connections to the database");
        to.WriteLine($"answers                  500 {Http500}, 503 {Http503}; commands without success {CommandsWithoutSuccess}");
        to.WriteLine($"load                     {CommandsPerSecond:0.0} commands/s; p50 {CommandMs.P50:0} ms, p95 {CommandMs.P95:0} ms, max {CommandMs.Max:0} ms");
        to.WriteLine("disturbance                     at  lasted  commands  slowest  stream gap  event delay  ready again");
        foreach (DisturbanceFigures d in Disturbances)
            to.WriteLine($"{d.Number,3} {d.Kind,-16} {d.Node,-8} {d.At,6:0}s {d.Lasted,6:0.0}s {d.Commands,9} {d.SlowestCommand,7:0.0}s {d.StreamGap,10:0.0}s {d.EventDelay,11:0.0}s {d.ReadyAgain,11:0.0}s{(d.EndedItself ? "  ended itself" : "")}");
    }
}
