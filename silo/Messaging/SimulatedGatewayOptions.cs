using System.ComponentModel.DataAnnotations;

namespace Dispatch.Silo.Messaging;

/// <summary>How the simulated gateway behaves. Section <c>Dispatch:SimulatedGateway</c>. Times are process time: a phone network is no faster because the demo's clock is.</summary>
public sealed class SimulatedGatewayOptions
{
    /// <summary>The shortest way to a phone. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Fastest { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest way to a phone, not below <see cref="Fastest"/>. Default 8 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Slowest { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Numbers whose digits end so cannot be reached. Default <c>0000</c>.</summary>
    [RegularExpression("[0-9]{1,15}")]
    public string UnreachableEnding { get; set; } = "0000";
}
