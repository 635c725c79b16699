using Dispatch.Api.Bookings;
using Dispatch.Api.Jobs;
using Dispatch.Api.MailIn;
using Dispatch.Api.Quotes;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Tracking;

/// <summary>Where somebody was.</summary>
public sealed record TrackedPositionView(double Lon, double Lat, DateTimeOffset At);

/// <summary>A status the job has come to, and when.</summary>
public sealed record StepView(JobStatus Status, DateTimeOffset At);

/// <summary>A service point as a customer knows it.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record TrackedPointView(string Name, PlaceView Place, string TimeZone);

/// <summary>What the holder of a tracking token sees.</summary>
/// <param name="Window">When work may begin; the first of several that is not over.</param>
/// <param name="Arrival">The interval to expect the technician in; nothing while nobody knows.</param>
/// <param name="PromisedAt">When the customer has a working device at the latest, once a service point has a place for it.</param>
/// <param name="Point">Where the device goes to, or the customer.</param>
/// <param name="Position">Only while the technician is on the way.</param>
/// <param name="Outcome">How the repair ended, once it has.</param>
/// <param name="Quote">The newest, to be answered while it is open.</param>
/// <param name="Terms">What was agreed when it was booked.</param>
/// <param name="TimeZone">IANA name of the zone by whose wall clock the times are to be shown: the point's, else the company's.</param>
/// <param name="Seq">Number of the newest event of the job's stream that this holds.</param>
public sealed record TrackingView(
    string JobId,
    JobStatus Status,
    ServiceMode Mode,
    WindowView? Window,
    WindowView? Arrival,
    TrackedTechnicianView? Technician,
    PlaceView Place,
    TrackedPositionView? Position,
    long Seq,
    IReadOnlyList<StepView> Steps,
    DateTimeOffset? PromisedAt,
    TrackedPointView? Point,
    IReadOnlyList<ParcelView>? Parcels,
    Outcome? Outcome,
    QuoteView? Quote,
    TermsView? Terms,
    string TimeZone);
