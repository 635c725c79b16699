namespace Dispatch.Sim.City;

/// <summary>The city cannot live there; the message is for the user.</summary>
public sealed class CityRefusedException(string message) : Exception(message);
