namespace Dispatch.Sim.Chaos;

/// <summary>What a run is told.</summary>
/// <param name="Kills">How often the server process is killed.</param>
/// <param name="Seed">What the times of the kills and all that people choose follow from.</param>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>; for the latter a private server is started, and stopped now and then.</param>
/// <param name="Server">The built server, a .dll.</param>
/// <param name="Verbose">Print every trouble that was overcome.</param>
public sealed record ChaosOptions(int Kills, int Seed, string Store, string Server, bool Verbose = false);

/// <summary>The run could not be made; nothing is said about the server.</summary>
public sealed class ChaosRefusedException(string what) : Exception(what);
