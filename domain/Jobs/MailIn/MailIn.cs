using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Jobs;

/// <summary>What a carrier says of a parcel: the nine states that tracking aggregators agree on.</summary>
[GenerateSerializer, Alias("dispatch.parcelStatus")]
public enum ParcelStatus { Pending, InfoReceived, InTransit, OutForDelivery, AttemptFail, Delivered, AvailableForPickup, Exception, Expired }

/// <summary>The place on a bench that a job has: a service point, a working day, a kind of bench, and what was promised on the strength of it.</summary>
/// <param name="BenchDay">Working day in the service point's own time zone.</param>
/// <param name="Category">Kind of bench, for example <c>phone</c>; <see cref="NoBench"/> for an exchange.</param>
/// <param name="PromisedAt">When the customer has a working device at the latest: at their door, or ready at the counter.</param>
/// <param name="Confirmed">Whether the point's ledger holds the place for good; until then it may still be lost.</param>
[GenerateSerializer, Immutable, Alias("dispatch.booking")]
public sealed record Booking(
    [property: Id(0), JsonPropertyName("pointId")] ServicePointId Point,
    [property: Id(1)] DateOnly BenchDay,
    [property: Id(2)] string Category,
    [property: Id(3)] DateTimeOffset PromisedAt,
    [property: Id(4)] bool Confirmed)
{
    /// <summary>In place of a kind of bench where only a unit is kept: no place is taken.</summary>
    public const string NoBench = "counter";
}

/// <summary>One report of a carrier, by the carrier's own time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.parcelEvent")]
public readonly record struct ParcelEvent([property: Id(0)] ParcelStatus Status, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Text);

/// <summary>A parcel on its way. <see cref="Events"/> are ordered by time, and the newest says where it stands.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.parcel")]
public sealed record Parcel(
    [property: Id(0)] ParcelDirection Direction,
    [property: Id(1)] Waybill Waybill,
    [property: Id(2)] DateTimeOffset BookedAt,
    [property: Id(3)] ImmutableArray<ParcelEvent> Events)
{
    /// <summary>More reports than this are not kept of one parcel.</summary>
    public const int MostEvents = 60;

    public ParcelStatus Status => Events.IsEmpty ? ParcelStatus.Pending : Events[^1].Status;

    public DateTimeOffset At => Events.IsEmpty ? BookedAt : Events[^1].At;

    /// <summary>Whether the carrier has it, or had it.</summary>
    public bool HasMoved => Events.Any(e => Moves(e.Status));

    /// <summary>Whether a report with this status means that the parcel is no longer with its sender.</summary>
    public static bool Moves(ParcelStatus status) => status is not (ParcelStatus.Pending or ParcelStatus.InfoReceived or ParcelStatus.Expired);

    public Parcel With(ParcelEvent report) => this with { Events = [.. Events.Append(report).OrderBy(e => e.At)] };
}

/// <summary>The part of a job's state that only a job at a service point has.</summary>
/// <param name="Parcels">At most one in each direction, of the newest booking; none where the customer comes to the counter.</param>
/// <param name="Findings">What inspection found.</param>
/// <param name="DeliveredAt">When the carrier, or the customer, said that the device is back, or the point handed it over.</param>
[GenerateSerializer, Immutable, Alias("dispatch.mailIn")]
public sealed record MailIn(
    [property: Id(0)] Booking? Booking,
    [property: Id(1)] ImmutableArray<Parcel> Parcels,
    [property: Id(2)] string? Findings,
    [property: Id(3)] DateTimeOffset? DeliveredAt)
{
    public static MailIn None { get; } = new(null, [], null, null);

    public Parcel? ParcelTo(ParcelDirection direction) => Parcels.FirstOrDefault(p => p.Direction == direction);

    public Parcel? Find(Waybill waybill) => Parcels.FirstOrDefault(p => p.Waybill == waybill);
}
