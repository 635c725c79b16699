using System.Text.Json;

namespace Dispatch.Simulator;

/// <summary>Sizes of a simulation, and the settings its hosts share with a silo.</summary>
public sealed record SimulationOptions
{
    public int Hosts { get; init; } = 3;

    /// <summary>The virtual time of day at which it begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    /// <summary>A run that takes more turns than that is taken for endless.</summary>
    public long MaxTurns { get; init; } = 20_000_000;

    /// <summary>How states are written; must round-trip every state.</summary>
    public JsonSerializerOptions Json { get; init; } = JsonSerializerOptions.Default;

    /// <summary>Whether every event is mixed into <see cref="Simulation.TraceHash"/>; without it that number stands still.</summary>
    public bool Traced { get; init; } = true;

    /// <summary>How long a caller waits for a reply before <see cref="TimeoutException"/>. Default 30 s, as in Orleans.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An activation that is not called for that long is deactivated. Default 15 minutes, as in Orleans.</summary>
    public TimeSpan CollectionAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for, and the resolution of their age. Default 1 minute, as in Orleans.</summary>
    public TimeSpan CollectionQuantum { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Limit of reading the state and of OnActivateAsync together. Default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit of OnDeactivateAsync. Default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
