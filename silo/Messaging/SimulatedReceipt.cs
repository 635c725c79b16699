using System.Globalization;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Silo.Messaging;

/// <summary>
/// What the simulated gateway gives for a message. It says itself when the message arrives and whether, so that the gateway can answer for it after a restart
/// and in every process without keeping anything.
/// </summary>
internal readonly record struct SimulatedReceipt(DateTimeOffset ArrivesAt, bool Reaches)
{
    private const string Prefix = "sim-";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{ArrivesAt.ToUnixTimeMilliseconds()}-{(Reaches ? "yes" : "no")}");

    /// <summary>The receipt of that spelling, or null if it is not from here.</summary>
    public static SimulatedReceipt? Find(string text)
    {
        string[] parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('-') : [];
        return parts.Length == 2 && parts[1] is ("yes" or "no") && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new SimulatedReceipt(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), parts[1] == "yes")
            : null;
    }

    public GatewayStatus At(DateTimeOffset now) => now < ArrivesAt ? GatewayStatus.Pending : Reaches ? GatewayStatus.Delivered : GatewayStatus.Failed;
}
