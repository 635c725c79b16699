using System.Collections.Immutable;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Replay.Day;

/// <param name="InstancePath">For the table of best known results beside it.</param>
/// <param name="Releases">Null for a static day.</param>
/// <param name="Speed">What the server's clock must run at; null takes whatever it runs at.</param>
/// <param name="Lead">Real time from the start of the registrations to the beginning of the day; null measures and decides.</param>
/// <param name="Out">Where to write the played day; null writes nothing.</param>
/// <param name="Verbose">Print every trouble that was overcome.</param>
public sealed record ReplayOptions(
    TrspInstance Instance, string InstancePath, ImmutableSortedDictionary<int, double>? Releases, Uri Server, Credentials Manager,
    double? Speed, TimeSpan? Lead, string? Out, bool Verbose);

/// <summary>The replay cannot be played; the message is for the user.</summary>
public sealed class ReplayRefusedException(string message) : Exception(message);

/// <summary>How fast a day should be played.</summary>
public static class ReplaySpeed
{
    /// <summary>Real seconds a day should take.</summary>
    public const double DayLasts = 120;

    /// <summary>
    /// The horizon in <see cref="DayLasts"/>, but never slower than life nor faster than sixty times it: at 120 s, 0.1 % of the horizon is 120 ms
    /// of real time, which is well above what a message over loopback takes.
    /// </summary>
    public static double For(TrspInstance instance) => Math.Clamp(Math.Round(instance.Horizon.Units / DayLasts, 2), 1, 60);
}
