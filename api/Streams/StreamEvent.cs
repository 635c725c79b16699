using Dispatch.Api.Jobs;
using Dispatch.Api.ServiceDesk;
using Dispatch.Api.ServicePoints;
using Dispatch.Api.Technicians;

namespace Dispatch.Api.Streams;

/// <summary>One event of a stream, as HTTP and the hub both deliver it.</summary>
/// <param name="Seq">1, 2, 3 … in its stream, without gaps.</param>
/// <param name="Source">With <paramref name="Number"/> the event's name for good, the same in every stream it is part of.</param>
/// <param name="Data">Depends on the type; has the new <c>view</c>.</param>
public sealed record StreamEvent(long Seq, string Type, DateTimeOffset At, string Source, long Number, RawJson Data);

/// <summary>Some events of a stream and the number of its newest.</summary>
public sealed record EventPage(string Stream, IReadOnlyList<StreamEvent> Events, long Head);

/// <summary>Everything that happened to one thing, from the first event.</summary>
public sealed record HistoryView(IReadOnlyList<StreamEvent> Items);

/// <summary>Where a technician is; <see cref="TechnicianId"/> is left out for a tracking token.</summary>
/// <param name="Heading">Degrees clockwise from north.</param>
public sealed record PositionView(string? TechnicianId, double Lon, double Lat, DateTimeOffset At, double? Heading)
{
    public static PositionView Of(Grains.Contracts.Technicians.Position p) => new(p.Technician.Value, p.Place.Lon, p.Place.Lat, p.At, p.Heading);
}

/// <summary>State that holds at least every event up to <see cref="Seq"/>.</summary>
public sealed record SnapshotView(
    string Stream,
    long Seq,
    IReadOnlyList<JobView> Jobs,
    IReadOnlyList<TechnicianView> Technicians,
    IReadOnlyList<PositionView> Positions,
    IReadOnlyList<PointView> Points,
    DeskSnapshotView? Desk = null);

/// <summary>Everything of the service desk that is not over; only of the stream <c>desk/all</c>.</summary>
public sealed record DeskSnapshotView(
    IReadOnlyList<ContactListItem> Contacts, IReadOnlyList<EscalationListItem> Escalations, IReadOnlyList<CallBackListItem> CallBacks, IReadOnlyList<CaseListItem> Cases);

/// <summary>What <c>Subscribe</c> answers.</summary>
public sealed record HeadView(string Stream, long Head);
