using System.Diagnostics;
using System.Reflection;
using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>Which world to play: everything a failing run needs to be the same again.</summary>
/// <param name="Days">Busy mornings, one after the other.</param>
/// <param name="Window">Of each morning, the part in which faults happen, 0 to 1.</param>
internal sealed record Script(ulong Seed, IReadOnlyList<string> Faults, int Days = 1, double From = 0, double To = 1, Planted Planted = Planted.None)
{
    public static Script Usual(ulong seed) => new(seed, Simulation.Tests.Faults.Kinds);

    /// <summary>The command that plays it again.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"./dispatch simulate --seeds {Seed}..{Seed} --faults {(Faults.Count == 0 ? "none" : string.Join(',', Faults))}{(Days > 1 ? $" --days {Days}" : "")}{(From > 0 || To < 1 ? $" --window {From}-{To}" : "")}{(Planted != Planted.None ? $" --planted {Planted}" : "")}");
}

/// <summary>What came of one seed.</summary>
/// <param name="Violation">Null if everything held.</param>
internal sealed record SeedResult(Script Script, string? Violation, Tally Tally, Coverage Coverage)
{
    /// <summary>Plays it to the end; what breaks is a result, not an exception.</summary>
    /// <param name="trace">Gets everything that happens as a line of text.</param>
    public static SeedResult Of(Script script, Action<string>? trace = null)
    {
        using World world = new(script.Seed, Tests.Faults.Of(script.Faults), script.Planted, traced: trace is not null);
        world.Simulation.TraceListener = trace;
        string? violation = null;
        try
        {
            world.Play(script.Days, (script.From, script.To));
        }
        catch (ViolationException broken)
        {
            violation = broken.Message;
        }
        catch (Exception failure)
        {
            // A grain that throws what nobody expects, work that leaves the thread, a run that does not end.
            violation = failure.ToString();
        }
        Coverage coverage = new();
        coverage.Add(world);
        return new SeedResult(script, violation, Tally.Of(world), coverage);
    }
}

/// <summary>How often each thing happened, by name.</summary>
internal sealed class Tally
{
    private static readonly PropertyInfo[] Counted = [.. typeof(SimulationCounts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(long))];
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>Requests and replies between grains, clients and observers.</summary>
    public const string Messages = "Messages";

    public IReadOnlyDictionary<string, long> Counts => counts;

    public long this[string name] => counts.GetValueOrDefault(name);

    public static Tally Of(World world)
    {
        Tally tally = new();
        foreach (PropertyInfo property in Counted)
            tally.Add(property.Name, (long)property.GetValue(world.Simulation.Counts)!);
        tally.Add(Messages, world.Simulation.Counts.Requests + world.Simulation.Counts.Replies);
        tally.Add("Jobs", world.Jobs.Count);
        tally.Add("Events", world.Feeds.Events.Count);
        tally.Add("ChecksOfWrites", world.Judge.Checks);
        tally.Add("CommandsAcknowledged", world.History.Acknowledged);
        tally.Add("AnswersRepeated", world.History.Repeated);
        tally.Add("PushesApplied", world.Viewers.Sum(v => v.Applied));
        tally.Add("Disconnections", world.Viewers.Sum(v => v.Disconnections));
        tally.Add("SnapshotsTaken", world.Viewers.Sum(v => v.Snapshots));
        tally.Add("PushesLost", world.Viewers.Sum(v => v.Lost));
        tally.Add("PositionsOvertaken", world.Viewers.Sum(v => v.Overtaken));
        tally.Add("PushesSlow", world.Viewers.Sum(v => v.Slowed));
        return tally;
    }

    public void Add(Tally other)
    {
        foreach ((string name, long count) in other.counts)
            Add(name, count);
    }

    private void Add(string name, long count) => counts[name] = counts.GetValueOrDefault(name) + count;
}

/// <summary>Makes a failing run as small as it can: fewer kinds of faults, then a shorter time in which they happen.</summary>
internal static class Shrinking
{
    /// <param name="fails">Plays a script; true if it still breaks something.</param>
    public static Script Shrink(Script script, Func<Script, bool> fails)
    {
        foreach (string kind in script.Faults)
            if (script with { Faults = [.. script.Faults.Where(other => other != kind)] } is var without && fails(without))
                script = without;
        for (double step = 0.5; step >= 0.03; step /= 2)
        {
            if (script.To - step > script.From && script with { To = script.To - step } is var earlier && fails(earlier))
                script = earlier;
            if (script.From + step < script.To && script with { From = script.From + step } is var later && fails(later))
                script = later;
        }
        return script;
    }
}
