using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.MailIn;

/// <summary>A parcel as its carrier sees it: no names, no phones, only where from and where to.</summary>
public sealed record CarrierParcelView(string Waybill, ParcelDirection Direction, PlaceView From, PlaceView To, ParcelStatus Status, DateTimeOffset BookedAt);

public sealed record CarrierParcelListView(IReadOnlyList<CarrierParcelView> Items, string? Next);

/// <param name="Taken">Reports that were kept, or had been before.</param>
/// <param name="Unknown">Waybills that are not ours.</param>
public sealed record CarrierEventsView(int Taken, IReadOnlyList<string> Unknown);

/// <summary>The carrier's side.</summary>
internal static class CarrierRoutes
{
    private const int UsualLimit = 200;
    private static readonly string[] WithParcels = ["booked", "inTransit", "repaired", "packed", "shipped", "delivered"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder carrier = routes.MapGroup("/carrier").WithTags("Carrier");
        carrier.MapGet("/parcels", Parcels).RequireAccess(Act.MoveParcels).Refuses(400, 401, 403).WithListParameters("after", "limit").WithSummary("Parcels to be moved");
        carrier.MapPost("/events", Report).RequireAccess(Act.MoveParcels).Refuses(400, 401, 403, 409, 413, 415, 422, 503).WithSummary("Say what became of parcels");
    }

    private static async Task<Results<Ok<CarrierParcelListView>, Refused>> Parcels(ListQuery query, Caller caller, ViewReader views, CancellationToken cancellation)
    {
        int limit = query.LimitOr(UsualLimit);
        List<StoredView> rows = await views.List(caller.Tenant, ChangeToken.Job, new ViewFilter(Statuses: WithParcels), query.After, limit + 1, cancellation);
        JobState[] jobs = [.. rows.Take(limit).Select(r => r.ToJob())];
        Dictionary<string, ServicePointState> points = (await views.FindMany(
            caller.Tenant, ChangeToken.Point, [.. jobs.Select(j => j.Booking?.Point.Value).OfType<string>().Distinct()], cancellation)).ToDictionary(r => r.Id, r => r.ToPoint());
        string? next = rows.Count > limit ? PageCursor.Of(rows[limit - 1]).ToString() : null;
        return TypedResults.Ok(new CarrierParcelListView([.. jobs.SelectMany(j => ToBeMoved(j, points))], next));
    }

    private static IEnumerable<CarrierParcelView> ToBeMoved(JobState job, Dictionary<string, ServicePointState> points)
    {
        if (job is not { MailIn: { } mail, Booking: { Confirmed: true } booking } || !points.TryGetValue(booking.Point.Value, out ServicePointState? point))
            yield break;
        (PlaceView customer, PlaceView counter) = (PlaceView.Of(job.Request.Place), PlaceView.Of(point.Profile.Place));
        foreach (ParcelDirection due in Due(job))
            if (mail.ParcelTo(due) is { Status: not ParcelStatus.Delivered } parcel)
                yield return due == ParcelDirection.Inbound
                    ? new CarrierParcelView(parcel.Waybill.Value, due, customer, counter, parcel.Status, parcel.BookedAt)
                    : new CarrierParcelView(parcel.Waybill.Value, due, counter, customer, parcel.Status, parcel.BookedAt);
    }

    /// <summary>A repair goes there and back; where another unit is sent, the two parcels do not wait for each other.</summary>
    private static ImmutableArray<ParcelDirection> Due(JobState job) => job.Status switch
    {
        _ when job.Mode == ServiceMode.SwapByPost => [ParcelDirection.Inbound, ParcelDirection.Return],
        JobStatus.Booked or JobStatus.InTransit => [ParcelDirection.Inbound],
        JobStatus.Packed or JobStatus.Shipped => [ParcelDirection.Return],
        _ => [],
    };

    /// <summary>
    /// One report after the other, in the order given. Each is idempotent by waybill, status and time, and an operation of its job, which answers it the same again even after the
    /// parcel has got another waybill; so a batch that ended half-way is simply sent again. The first that is refused for another reason than an unknown waybill ends the batch and is
    /// the answer.
    /// </summary>
    private static async Task<Results<Ok<CarrierEventsView>, Refused>> Report(Posted<CarrierEventsRequest> posted, Ownership ownership, ViewReader views, CancellationToken cancellation)
    {
        int taken = 0;
        List<string> unknown = [];
        Operation batch = posted.OperationOn("carrier");
        foreach ((int index, CarrierEventInput report) in posted.Value.Events!.OfType<CarrierEventInput>().Index())
        {
            RecordParcel command = report.ToCommand();
            if (await views.FindByKey(posted.Caller.Tenant, ChangeToken.Job, command.Waybill.Value, cancellation) is not { } row)
            {
                unknown.Add(command.Waybill.Value);
                continue;
            }
            JobReply reply = await ownership.JobGrain(posted.Caller.Tenant, new Domain.JobId(row.Id)).Execute(command, batch with { Id = new Domain.OperationId(string.Create(CultureInfo.InvariantCulture, $"{batch.Id.Value}:{index}")) });
            if (reply.Refusal is null)
                taken++;
            else if (reply.Refusal.Kind == RefusalKind.Unknown)
                unknown.Add(command.Waybill.Value);
            else
                return Refused.Of(reply.Refusal with { Facts = reply.Refusal.Facts.Add(new Fact("taken", taken.ToString(CultureInfo.InvariantCulture))) });
        }
        return TypedResults.Ok(new CarrierEventsView(taken, unknown));
    }
}
