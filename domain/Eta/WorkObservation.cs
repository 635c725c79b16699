namespace Dispatch.Domain.Eta;

/// <summary>One repair that was done on site: of what category, by whom, and how long the work took.</summary>
/// <param name="Duration">From beginning the work to its end, above zero.</param>
public sealed record WorkObservation(string Category, TechnicianId Technician, TimeSpan Duration);
