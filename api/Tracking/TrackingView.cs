using Dispatch.Api.Jobs;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Tracking;

/// <summary>Where somebody was.</summary>
public sealed record TrackedPositionView(double Lon, double Lat, DateTimeOffset At);

/// <summary>A status the job has come to, and when.</summary>
public sealed record StepView(JobStatus Status, DateTimeOffset At);

/// <summary>What the holder of a tracking token sees.</summary>
/// <param name="Window">When work may begin; the first of several that is not over.</param>
/// <param name="Arrival">The interval to expect the technician in; nothing while nobody knows.</param>
/// <param name="Position">Only while the technician is on the way.</param>
/// <param name="Seq">Number of the newest event of the job's stream that this holds.</param>
public sealed record TrackingView(
    string JobId,
    JobStatus Status,
    WindowView Window,
    WindowView? Arrival,
    TrackedTechnicianView? Technician,
    PlaceView Place,
    TrackedPositionView? Position,
    long Seq,
    IReadOnlyList<StepView> Steps);
