using Dispatch.Domain.Jobs;

namespace Dispatch.Api.MailIn;

/// <summary>The place on a bench that a job has.</summary>
/// <param name="BenchDay">Working day in the service point's own time zone.</param>
/// <param name="PromisedAt">When the device is back at the customer's door at the latest.</param>
public sealed record BookingView(string PointId, DateOnly BenchDay, string Category, DateTimeOffset PromisedAt, bool Confirmed)
{
    public static BookingView Of(Booking booking) => new(booking.Point.Value, booking.BenchDay, booking.Category, booking.PromisedAt, booking.Confirmed);
}

/// <summary>One report of a carrier.</summary>
public sealed record ParcelEventView(ParcelStatus Status, DateTimeOffset At, string? Text);

/// <summary>A parcel and everything its carrier said, oldest first.</summary>
public sealed record ParcelView(ParcelDirection Direction, string Waybill, ParcelStatus Status, DateTimeOffset At, IReadOnlyList<ParcelEventView> Events)
{
    public static ParcelView Of(Parcel parcel) => new(
        parcel.Direction, parcel.Waybill.Value, parcel.Status, parcel.At, [.. parcel.Events.Select(e => new ParcelEventView(e.Status, e.At, e.Text))]);

    public static IReadOnlyList<ParcelView>? AllOf(JobState job) => job.MailIn is { Parcels.IsEmpty: false } mail ? [.. mail.Parcels.Select(Of)] : null;
}
