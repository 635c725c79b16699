using Dispatch.Sim.City;

namespace Dispatch.Sim.Chaos.Servers;

/// <summary>In the middle of what a kill comes.</summary>
public enum KillMoment
{
    /// <summary>Whatever goes on.</summary>
    AtWork,
    /// <summary>So long after the process was started, ready or not.</summary>
    StartingUp,
    /// <summary>Shortly after a volley of commands was sent at once.</summary>
    UnderFire,
}

/// <summary>How the database is stopped, where there is a process of it.</summary>
public enum Outage { None, Fast, Immediate }

/// <param name="Warm">How long the server works before the moment comes; nothing in start-up.</param>
/// <param name="After">From the moment named.</param>
/// <param name="Outage">The database is stopped in the middle of this life as well, comes back, and the server has to recover by itself before it is killed.</param>
/// <param name="DownFor">How long the database stays away.</param>
public sealed record Kill(int Number, KillMoment Moment, TimeSpan Warm, TimeSpan After, Outage Outage, TimeSpan DownFor);

/// <summary>When the server is killed: follows from the seed alone.</summary>
public static class KillSchedule
{
    /// <param name="outages">Whether the store has a process of its own that can be stopped.</param>
    public static IReadOnlyList<Kill> Of(int kills, int seed, bool outages)
    {
        List<Kill> schedule = [];
        while (schedule.Count < kills)
        {
            int number = schedule.Count + 1;
            double which = Share("moment");
            // Kills in start-up come in bursts: what recovers is killed again before it has recovered.
            int burst = which < 0.12 ? 1 + (int)(Share("burst") * 4) : 0;
            for (int i = 0; i < burst && schedule.Count < kills; i++)
                schedule.Add(new Kill(schedule.Count + 1, KillMoment.StartingUp, TimeSpan.Zero, TimeSpan.FromSeconds(0.02 + 1.5 * Chance.Share(seed, "kill", number, "burst", i)), Outage.None, TimeSpan.Zero));
            if (burst > 0)
                continue;
            bool stops = outages && Share("outage") < 0.15;
            schedule.Add(which < 0.40
                ? new Kill(number, KillMoment.UnderFire, TimeSpan.FromSeconds(0.2 + 1.2 * Share("warm")), TimeSpan.FromSeconds(0.002 + 0.15 * Share("after")), Outage.None, TimeSpan.Zero)
                : new Kill(number, KillMoment.AtWork, TimeSpan.FromSeconds(3.9 * Share("warm")), TimeSpan.FromSeconds(0.05 + 0.2 * Share("after")),
                    !stops ? Outage.None : Share("how") < 0.5 ? Outage.Fast : Outage.Immediate, TimeSpan.FromSeconds(stops ? 0.2 + 1.3 * Share("down") : 0)));

            double Share(string what) => Chance.Share(seed, "kill", number, what);
        }
        return schedule;
    }
}
