namespace Dispatch.Api.Health;

/// <summary>Whether this process reaches grains. The host implements it for its role.</summary>
public interface IClusterHealth
{
    /// <summary>Whether it has been part of its cluster since its start. Before that no grain can be called at all.</summary>
    bool HasJoined { get; }

    /// <summary>Null while it does; else one word for why not: <c>no_silo</c> or <c>leaving</c>.</summary>
    string? NotReady { get; }
}
