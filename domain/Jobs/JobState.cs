using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.Jobs;

/// <summary>
/// Where a job stands. The order is that of a repair that goes well: a visit takes Offered to Arrived and Signed, a parcel takes Booked to OnBench and Checked to
/// Delivered; <see cref="Cancelled"/> ends it from most of them.
/// </summary>
[GenerateSerializer, Alias("dispatch.jobStatus")]
public enum JobStatus
{
    Requested, Queued,
    Offered, Accepted, EnRoute, Arrived,
    Booked, InTransit, Received, Inspected, OnBench,
    Repaired, Signed, Checked, Packed, Shipped, Delivered,
    Closed, Cancelled,
}

/// <summary>How soon the fault must be met: urgent ones stop the device working.</summary>
[GenerateSerializer, Alias("dispatch.severity")]
public enum Severity { Regular, Urgent }

/// <summary>How the work ended; swapped means that the customer has another unit.</summary>
[GenerateSerializer, Alias("dispatch.repairOutcome")]
public enum RepairOutcome { Repaired, NotRepaired, Swapped }

/// <summary>The planned times of one visit, all from one plan: depart → arrive → start → finish, never decreasing.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.visit")]
public sealed record Visit(
    [property: Id(0)] DateTimeOffset DepartAt,
    [property: Id(1)] DateTimeOffset ArriveAt,
    [property: Id(2)] DateTimeOffset StartAt,
    [property: Id(3)] DateTimeOffset FinishAt);

/// <summary>One technician a job is offered to, with the visit planned for them.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.candidate")]
public sealed record Candidate([property: Id(0), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(1)] Visit Visit);

/// <summary>Why a technician is not to be asked again for this job.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.exclusion")]
public sealed record Exclusion([property: Id(0), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(1)] string Reason, [property: Id(2)] DateTimeOffset At);

/// <summary>How often one reason kept a job out of the plan: one count per technician.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.unplacedCount")]
public readonly record struct UnplacedCount([property: Id(0)] string Code, [property: Id(1)] int Count);

/// <summary>What the customer asked for. Personal data (name, phone, address line) is kept elsewhere, in erasable rows.</summary>
/// <param name="Windows">When work may begin; empty where nobody visits the customer to work.</param>
/// <param name="Bench">The kind of bench the repair takes at a service point.</param>
/// <param name="Channel">The way the customer came; null in records from before it was kept.</param>
/// <param name="Contact">The conversation the job came of.</param>
/// <param name="Tariff">Whose prices hold, as stated when the job was filed; null where nothing was said. A booking keeps its tariff in its
/// terms.</param>
[GenerateSerializer, Immutable, Alias("dispatch.jobRequest")]
public sealed record JobRequest(
    [property: Id(0)] string Category,
    [property: Id(1)] Place Place,
    [property: Id(2)] ImmutableArray<TimeWindow> Windows,
    [property: Id(3)] Severity Severity,
    [property: Id(4)] string? Symptom,
    [property: Id(5)] DeviceRef? Device,
    [property: Id(6)] ServiceMode Mode = ServiceMode.DoorToDoor,
    [property: Id(7)] string? Bench = null,
    [property: Id(8)] ContactChannel? Channel = null,
    [property: Id(9), JsonPropertyName("contactId")] ContactId? Contact = null,
    [property: Id(10)] Tariff? Tariff = null);

/// <summary>The device as the customer names it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.deviceRef")]
public sealed record DeviceRef([property: Id(0)] string Brand, [property: Id(1)] string Model, [property: Id(2)] string? Serial);

/// <summary>
/// Everything decisions about a job need. <see cref="Candidates"/> is whom it is offered to, or the one who has it; empty while nobody is asked.
/// </summary>
/// <param name="Parked">Where a change of plan that is not decided yet, or not told yet, would take the job; until then nothing else happens to it.</param>
/// <param name="Account">What it took so far and what its customer was asked for it; null before either.</param>
/// <param name="Named">Whom the customer was told to expect; kept while the job is planned anew for another time, until somebody takes it from that technician.</param>
/// <param name="Terms">What the customer agreed to when they booked; null where a repair was only asked for.</param>
/// <param name="NewUnit">What the customer was given in a swap.</param>
/// <param name="Link">The customer's link, where it is another than the first, or withdrawn.</param>
/// <param name="EndedAt">When it was closed, by who closed it, or cancelled; null in records that ended before this was kept, see <see cref="Ended"/>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.jobState")]
public sealed record JobState(
    [property: Id(0)] JobId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] JobStatus Status,
    [property: Id(4)] Epoch Epoch,
    [property: Id(5)] JobRequest Request,
    [property: Id(6)] ServiceNeeds? Needs,
    [property: Id(7)] ImmutableArray<Candidate> Candidates,
    [property: Id(8)] DateTimeOffset? OfferExpiresAt,
    [property: Id(9)] ImmutableArray<Exclusion> Excluded,
    [property: Id(10)] TechnicianId? LockedTo,
    [property: Id(11)] ImmutableArray<UnplacedCount> Unplaced,
    [property: Id(12)] DateTimeOffset RequestedAt,
    [property: Id(13)] DateTimeOffset ChangedAt,
    [property: Id(14)] RepairOutcome? Outcome,
    [property: Id(15)] string? EndReason,
    [property: Id(16)] int StaleWork,
    [property: Id(17)] ImmutableArray<PartQuantity> PartsUsed,
    [property: Id(18)] MailIn? MailIn = null,
    [property: Id(19)] TechnicianId? Named = null,
    [property: Id(20)] ParkedMove? Parked = null,
    [property: Id(21)] JobAccount? Account = null,
    [property: Id(22)] AgreedTerms? Terms = null,
    [property: Id(23)] DeviceIdentity? NewUnit = null,
    [property: Id(26)] TrackingLink? Link = null,
    [property: Id(24)] DateTimeOffset? EndedAt = null)
{
    /// <summary>How often its device has been corrected; the register tells by it what is newer.</summary>
    [Id(25)]
    public int DeviceRevision { get; init; }

    public ServiceMode Mode => Request.Mode;

    /// <summary>
    /// Whose prices hold: what the customer booked by, else what was stated when the job was filed; null where nothing was said.
    /// </summary>
    [JsonIgnore]
    public Tariff? Tariff => Terms?.Tariff ?? Request.Tariff;

    /// <summary>The newest quote; null if there was none.</summary>
    [JsonIgnore]
    public Quote? Quote => Account?.Quote;

    /// <summary>Whether a device at a service point goes back as it is: the customer said no to the quote, or nothing in time.</summary>
    [JsonIgnore]
    public bool GoesBackUnrepaired => Status is JobStatus.Inspected or JobStatus.OnBench && Quote is { Status: QuoteStatus.Refused or QuoteStatus.Lapsed };

    /// <summary>The bench it is booked on; null for a visit, and before a service point has it.</summary>
    public Booking? Booking => MailIn?.Booking;

    /// <summary>The technician who has accepted it; null before acceptance and after a withdrawal.</summary>
    public TechnicianId? Assigned => Status is >= JobStatus.Accepted and <= JobStatus.Closed && Candidates.Length == 1 ? Candidates[0].Technician : null;

    /// <summary>The visit of the technician who has it.</summary>
    public Visit? Visit => Candidates.Length == 1 ? Candidates[0].Visit : null;

    /// <summary>
    /// Whether it is a booked visit whose technician keeps the time and is still to be told so: the first offer of a booked visit is no question but the appointment itself.
    /// </summary>
    public bool AwaitsAppointment => Status == JobStatus.Offered && Terms is not null && Epoch == Epoch.Zero.Next;

    /// <summary>Whether a planner may still place it.</summary>
    public bool IsWaiting => Status == JobStatus.Queued;

    /// <summary>Whether nothing can happen to it any more.</summary>
    public bool IsEnded => Status is JobStatus.Closed or JobStatus.Cancelled;

    /// <summary>When it ended; null while it goes on. What was not kept is the last change, for want of anything better.</summary>
    [JsonIgnore]
    public DateTimeOffset? Ended => IsEnded ? EndedAt ?? ChangedAt : null;

    /// <summary>When the window opens in which this visit begins, or the first that is not over by then; the visit's own start where every window is.</summary>
    public DateTimeOffset WindowOpens(Visit visit) => Request.Windows.Where(w => visit.StartAt <= w.To).Select(w => w.From).DefaultIfEmpty(visit.StartAt).Min();

    public Candidate? CandidateOf(TechnicianId technician)
    {
        foreach (Candidate candidate in Candidates)
            if (candidate.Technician == technician)
                return candidate;
        return null;
    }
}
