using System.Collections.Immutable;
using System.Reflection;
using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>What people, phones, browsers and gateways outside the hosts do wrong, and how often: probabilities from 0 to 1 at each occasion.</summary>
internal sealed record Chances
{
    public static Chances None { get; } = new();

    public static Chances Rough { get; } = new()
    {
        Disconnect = 0.007, SlowLink = 0.05, PushLost = 0.02, Offline = 0.1, Repeat = 0.1, GatewayRefuses = 0.02, GatewayForgets = 0.02, GatewaySlow = 0.1, GatewayFails = 0.02,
    };

    /// <summary>Per push or beat: the client loses its connection and comes back later.</summary>
    public double Disconnect { get; init; }

    /// <summary>Per push: it takes up to half a minute, and others overtake it.</summary>
    public double SlowLink { get; init; }

    /// <summary>Per push: it never arrives, although the connection stands.</summary>
    public double PushLost { get; init; }

    /// <summary>Per job: the technician's phone is out of reach until the work is done and then tells everything at once.</summary>
    public double Offline { get; init; }

    /// <summary>Per acknowledged command: it is sent again, and must be answered the same.</summary>
    public double Repeat { get; init; }

    /// <summary>Per message: the gateway will not have it.</summary>
    public double GatewayRefuses { get; init; }

    /// <summary>Per question: the gateway does not know the message.</summary>
    public double GatewayForgets { get; init; }

    /// <summary>Per question: the gateway does not know yet.</summary>
    public double GatewaySlow { get; init; }

    /// <summary>Per question: the message did not arrive.</summary>
    public double GatewayFails { get; init; }
}

/// <summary>Everything that can go wrong in a world, each kind with a name by which it can be chosen or left out.</summary>
internal sealed record Faults(SimulationFaults Inside, Chances Outside)
{
    /// <summary>One activation in a few hundred turns, one host in a few thousand: a morning meets each kind, most more than once.</summary>
    public static Faults All { get; } = new(
        SimulationFaults.Mixed with
        {
            RequestLoss = 0.006, ReplyLoss = 0.008, WriteRefused = 0.006, AcknowledgementLost = 0.008, ReadFailed = 0.005, HostCrash = 0.0003, ActivationCrash = 0.001, DuplicateActivation = 0.004, PowerLoss = 0.00008, StorageOutage = 0.0006,
        }, Chances.Rough);

    public static Faults None { get; } = new(SimulationFaults.None, Chances.None);

    private static readonly PropertyInfo[] InsideKinds = [.. typeof(SimulationFaults).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.PropertyType == typeof(double) || p.Name == nameof(SimulationFaults.ClockSkew))];
    private static readonly PropertyInfo[] OutsideKinds = [.. typeof(Chances).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(double))];

    /// <summary>Names of all kinds, as the command line takes them.</summary>
    public static ImmutableArray<string> Kinds { get; } = [.. InsideKinds.Concat(OutsideKinds).Select(p => p.Name)];

    /// <summary>Only the named kinds, at their usual rates.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static Faults Of(IReadOnlyCollection<string> kinds)
    {
        if (kinds.FirstOrDefault(kind => !Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new ArgumentException($"No fault '{unknown}'; there are {string.Join(", ", Kinds)}.");
        return new Faults(Keep(SimulationFaults.None, All.Inside, InsideKinds, kinds), Keep(Chances.None, All.Outside, OutsideKinds, kinds));
    }

    /// <summary>A copy of the empty set, because these records are written only while they are made; then the kept kinds are put in.</summary>
    private static T Keep<T>(T none, T all, PropertyInfo[] properties, IReadOnlyCollection<string> kinds) where T : class
    {
        T copy = (T)typeof(T).GetMethod("<Clone>$")!.Invoke(none, null)!;
        foreach (PropertyInfo property in properties)
            if (kinds.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
                property.SetValue(copy, property.GetValue(all));
        return copy;
    }
}
