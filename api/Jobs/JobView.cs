using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Api.Bookings;
using Dispatch.Api.Input;
using Dispatch.Api.MailIn;
using Dispatch.Api.Quotes;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Api.Jobs;

/// <summary>How a repair ended, as the contract spells it.</summary>
public enum Outcome
{
    [JsonStringEnumMemberName("repaired")] Repaired,
    [JsonStringEnumMemberName("not_repaired")] NotRepaired,
    [JsonStringEnumMemberName("swapped")] Swapped,
}

/// <summary>When work may begin; both ends are allowed.</summary>
public sealed record WindowView(DateTimeOffset From, DateTimeOffset To)
{
    public static WindowView Of(TimeWindow window) => new(window.From, window.To);
}

/// <summary>A skill at this level or above.</summary>
public sealed record SkillView(string Code, int Level)
{
    public static SkillView Of(SkillLevel skill) => new(skill.Code, skill.Level);
}

/// <summary>So many units of a part.</summary>
public sealed record PartView(string Code, int Quantity)
{
    public static PartView Of(PartQuantity part) => new(part.Code, part.Quantity);
}

/// <summary>What a technician must bring.</summary>
/// <param name="ServiceSeconds">Expected time of work on site.</param>
public sealed record NeedsView(IReadOnlyList<SkillView> Skills, IReadOnlyList<string> Tools, IReadOnlyList<PartView> Parts, long ServiceSeconds, int Priority)
{
    public static NeedsView Of(ServiceNeeds needs) =>
        new([.. needs.Skills.Select(SkillView.Of)], needs.Tools, [.. needs.Parts.Select(PartView.Of)], (long)needs.Service.TotalSeconds, needs.Priority);
}

/// <summary>The planned times of one visit.</summary>
public sealed record VisitView(DateTimeOffset DepartAt, DateTimeOffset ArriveAt, DateTimeOffset StartAt, DateTimeOffset FinishAt)
{
    public static VisitView Of(Visit visit) => new(visit.DepartAt, visit.ArriveAt, visit.StartAt, visit.FinishAt);
}

/// <summary>The device as the customer names it.</summary>
public sealed record DeviceView(string Brand, string Model, string? Serial);

/// <summary>How often one reason kept the job out of the plan.</summary>
public sealed record ReasonCountView(string Code, int Count);

/// <summary>The customer's link, where it was replaced or withdrawn.</summary>
public sealed record LinkView(bool Withdrawn, DateTimeOffset ChangedAt);

/// <summary>A job as staff and its technician see it; no personal data.</summary>
/// <param name="Terms">What was agreed when it was booked.</param>
/// <param name="NewUnit">IMEI or serial number of what was given in a swap.</param>
public sealed record JobView(
    string Id,
    string Zone,
    JobStatus Status,
    long Epoch,
    long Version,
    string Category,
    Severity Severity,
    int Priority,
    PlaceView Place,
    IReadOnlyList<WindowView> Windows,
    long ServiceSeconds,
    NeedsView? Needs,
    string? Symptom,
    DeviceView? Device,
    string? TechnicianId,
    IReadOnlyList<string> Candidates,
    DateTimeOffset? OfferExpiresAt,
    VisitView? Visit,
    DateTimeOffset RequestedAt,
    DateTimeOffset UpdatedAt,
    Outcome? Outcome,
    string? CancelReason,
    IReadOnlyList<ReasonCountView>? Unplaced,
    int StaleWork,
    ServiceMode Mode,
    BookingView? Booking,
    IReadOnlyList<ParcelView>? Parcels,
    string? Findings,
    QuoteView? Quote,
    TermsView? Terms,
    string? NewUnit)
{
    /// <summary>The way the customer came; left out where it was not kept.</summary>
    public ContactChannel? Channel { get; init; }

    /// <summary>The conversation the job came of.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// When the customer expects the technician: by the plan until departure, then by the departure itself. May be over; only from
    /// acceptance to arrival.
    /// </summary>
    public WindowView? Arrival { get; init; }

    /// <summary>Whose prices hold; left out where nothing was said.</summary>
    public string? Segment { get; init; }

    /// <summary>By which contract of that segment.</summary>
    public string? Contract { get; init; }

    /// <summary>What may have been mistyped: the number of the device. Left out where nothing speaks against it.</summary>
    public IReadOnlyList<WarningView>? Warnings { get; init; }

    /// <summary>Of the customer's link; left out while it is the one that came with the request.</summary>
    public LinkView? Link { get; init; }

    internal static Outcome? OutcomeOf(JobState job) => job.Outcome switch { null => null, RepairOutcome.Repaired => Jobs.Outcome.Repaired, RepairOutcome.Swapped => Jobs.Outcome.Swapped, _ => Jobs.Outcome.NotRepaired };

    public static JobView Of(JobState job, long version) => new(
        job.Id.Value,
        job.Zone.Value,
        job.Status,
        job.Epoch.Value,
        version,
        job.Request.Category,
        job.Request.Severity,
        job.Needs?.Priority ?? 0,
        PlaceView.Of(job.Request.Place),
        [.. job.Request.Windows.Select(WindowView.Of)],
        (long)(job.Needs?.Service.TotalSeconds ?? 0),
        job.Needs is { } needs ? NeedsView.Of(needs) : null,
        job.Request.Symptom,
        job.Request.Device is { } device ? new DeviceView(device.Brand, device.Model, device.Serial) : null,
        job.Assigned?.Value,
        job.Assigned is null ? [.. job.Candidates.Select(c => c.Technician.Value)] : ImmutableArray<string>.Empty,
        job.OfferExpiresAt,
        job.Visit is { } visit ? VisitView.Of(visit) : null,
        job.RequestedAt,
        job.ChangedAt,
        OutcomeOf(job),
        job.EndReason,
        job.Unplaced.IsDefaultOrEmpty ? null : [.. job.Unplaced.Select(u => new ReasonCountView(u.Code, u.Count))],
        job.StaleWork,
        job.Mode,
        job.Booking is { } booking ? BookingView.Of(booking) : null,
        ParcelView.AllOf(job),
        job.MailIn?.Findings,
        job.Quote is { } quote ? QuoteView.Of(quote) : null,
        job.Terms is { } terms ? TermsView.Of(terms) : null,
        job.NewUnit is { } unit ? unit.Imei ?? unit.Serial : null)
    {
        Channel = job.Request.Channel,
        ContactId = job.Request.Contact?.Value,
        Arrival = ArrivalPromise.Of(job) is { } arrival ? WindowView.Of(arrival) : null,
        Segment = job.Tariff?.Segment,
        Contract = job.Tariff?.Contract,
        Warnings = job.Request.Device?.Serial is { } number && DeviceIdentity.Doubt(number) is { } doubt
            ? WarningView.AllOf([new Warning(doubt.Code, $"device.{nameof(DeviceRef.Serial).ToLowerInvariant()}")]) : null,
        Link = job.Link is { } link ? new LinkView(link.IsWithdrawn, link.ChangedAt) : null,
    };
}
