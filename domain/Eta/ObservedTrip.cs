using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>One way that somebody drove: where from, where to, when, and how long it took.</summary>
/// <param name="Driver">Who drove. Ways of one driver resemble each other, so what is learned is checked on drivers it was not learned from.</param>
/// <param name="Duration">From setting off to being there, above zero.</param>
public sealed record ObservedTrip(string Driver, Place From, Place To, DateTimeOffset Departure, TimeSpan Duration);
