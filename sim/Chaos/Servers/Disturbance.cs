using Dispatch.Sim.City;

namespace Dispatch.Sim.Chaos.Servers;

/// <summary>What is done to one process of a cluster.</summary>
public enum DisturbanceKind
{
    /// <summary>SIGKILL.</summary>
    KillSilo,
    /// <summary>SIGSTOP, and SIGCONT when the others have long voted it out.</summary>
    FreezeSilo,
    /// <summary>SIGKILL.</summary>
    KillApi,
    /// <summary>The database is stopped, in good order or as in a crash, and started again.</summary>
    RestartDatabase,
    /// <summary>SIGTERM, and started again after the process has ended by itself.</summary>
    RestartNode,
    /// <summary>Nothing but busy processors.</summary>
    BusyProcessors,
}

/// <param name="Node">Which node, from 0 within its role; nothing of the database.</param>
/// <param name="Warm">How long all is well before.</param>
/// <param name="Lasts">How long it is frozen or away.</param>
public sealed record Disturbance(int Number, DisturbanceKind Kind, int Node, TimeSpan Warm, TimeSpan Lasts, Outage Outage = Outage.None, bool UnderFire = false);

/// <summary>What is done when: follows from the seed alone.</summary>
public static class DisturbanceSchedule
{
    public static IReadOnlyList<Disturbance> Of(ChaosOptions options, int apis)
    {
        List<Disturbance> schedule = [.. Enumerable.Range(1, options.Kills).Select(n => Of(n, options, apis))];
        if (options.Rolling)
            for (int node = 0; node < options.Silos + apis; node++)
                schedule.Add(new Disturbance(schedule.Count + 1, DisturbanceKind.RestartNode, node, TimeSpan.FromSeconds(2), TimeSpan.Zero));
        return schedule;
    }

    private static DisturbanceKind Kind(int number, ChaosOptions options)
    {
        double what = options.OnlySilos ? 1 : Chance.Share(options.Seed, "disturbance", number, "what");
        // The first one is a silo's, so that the shortest run has what it is for.
        if (number > 1 && what < 0.30)
            return what < 0.15 ? DisturbanceKind.KillApi : DisturbanceKind.RestartDatabase;
        bool freezes = options.Freeze == Freezing.Always || (options.Freeze == Freezing.Mixed && Chance.Share(options.Seed, "disturbance", number, "freeze") < 0.5);
        return freezes ? DisturbanceKind.FreezeSilo : DisturbanceKind.KillSilo;
    }

    private static Disturbance Of(int number, ChaosOptions options, int apis)
    {
        TimeSpan warm = TimeSpan.FromSeconds(2 + 6 * Share("warm"));
        DisturbanceKind kind = Kind(number, options);
        return kind switch
        {
            DisturbanceKind.KillApi => new Disturbance(number, kind, (int)(apis * Share("node")), warm, TimeSpan.Zero, UnderFire: Share("fire") < 0.5),
            DisturbanceKind.RestartDatabase => new Disturbance(number, kind, 0, warm, TimeSpan.FromSeconds(0.2 + 4 * Share("down")), Share("how") < 0.5 ? Outage.Fast : Outage.Immediate),
            DisturbanceKind.FreezeSilo => new Disturbance(
                number, kind, (int)(options.Silos * Share("node")), warm, options.FrozenFor.Least + (options.FrozenFor.Most - options.FrozenFor.Least) * Share("frozen")),
            _ => new Disturbance(number, DisturbanceKind.KillSilo, (int)(options.Silos * Share("node")), warm, TimeSpan.Zero, UnderFire: Share("fire") < 0.5),
        };

        double Share(string part) => Chance.Share(options.Seed, "disturbance", number, part);
    }
}
