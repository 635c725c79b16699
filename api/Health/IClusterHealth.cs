namespace Dispatch.Api.Health;

/// <summary>Whether this process reaches grains. The host implements it for its role.</summary>
public interface IClusterHealth
{
    /// <summary>Null while it does; else one word for why not: <c>no_silo</c> or <c>leaving</c>.</summary>
    string? NotReady { get; }
}
