using System.Reflection;

namespace Dispatch.Runtime;

/// <summary>How one host of grains behaves. Checked when the host starts.</summary>
public sealed class DispatchRuntimeOptions
{
    /// <summary>Where the grain classes are. At least one.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>How long a caller waits for a reply before <see cref="TimeoutException"/>. Default 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An activation not called for that long is deactivated. Default 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for, and the resolution of their age. Default 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Limit of reading the state and of OnActivateAsync together. Default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stopping host lets requests that have begun come to their end before it ends their grains. Default 5 s.</summary>
    public TimeSpan SettleTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Limit of OnDeactivateAsync. Default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest period of a reminder. Default 1 minute.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the reminder table is read anew. Default 5 minutes.</summary>
    public TimeSpan ReminderRefresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">Names the setting and the repair.</exception>
    internal void Validate()
    {
        if (GrainAssemblies.Count == 0)
            throw new ArgumentException($"Add the assembly of the grain classes to {nameof(GrainAssemblies)}.");
        Positive(ResponseTimeout, nameof(ResponseTimeout));
        Positive(CollectionAge, nameof(CollectionAge));
        Positive(CollectionQuantum, nameof(CollectionQuantum));
        Positive(ActivationTimeout, nameof(ActivationTimeout));
        Positive(SettleTimeout, nameof(SettleTimeout));
        Positive(DeactivationTimeout, nameof(DeactivationTimeout));
        Positive(MinimumReminderPeriod, nameof(MinimumReminderPeriod));
        Positive(ReminderRefresh, nameof(ReminderRefresh));
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
            throw new ArgumentException($"{name} is {value}: set it to more than zero.");
    }
}
