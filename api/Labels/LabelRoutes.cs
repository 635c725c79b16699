using System.Text;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Labels;

using Answer = Results<ContentHttpResult, Refused>;

/// <summary>
/// Labels to print. They say where the customer lives, so only who directs jobs and the point that has the job may have one, and every look is audited; the customer has
/// the one they are to stick on.
/// </summary>
internal static class LabelRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs/{id}/label", ForStaff).RequireAccess(Act.PrintLabel).Produces<string>(200, LabelSvg.MediaType).Refuses(400, 401, 403, 404, 409).WithTags("Mail-in").WithSummary("A parcel's label to print; every look is audited");
        routes.MapGet("/track/{token}/label", ForCustomer).RequireAccess(Act.Track).Produces<string>(200, LabelSvg.MediaType).Refuses(404, 409, 410).WithTags("Tracking").WithSummary("The label for the customer's parcel");
    }

    private static async Task<Answer> ForStaff(string id, string? direction, Caller caller, Ownership ownership, ContactStore contacts, AuditLog audit, CancellationToken cancellation)
    {
        ParcelDirection? wanted = direction switch { "inbound" => ParcelDirection.Inbound, "return" => ParcelDirection.Return, _ => null };
        if (wanted is null && direction is not null)
            return EdgeRefusals.Invalid("direction", "unknown");
        (VersionedJob? job, Refused? refused) = await ownership.Job(caller, id, Act.ReadJob);
        refused ??= caller.May(Act.PrintLabel, own: caller.Point is { } point && job!.State.Booking?.Point == point);
        if (refused is not null)
            return refused;
        (string? svg, refused) = await Print(job!.State, wanted, caller.Tenant, ownership, contacts, cancellation);
        if (refused is not null)
            return refused;
        await audit.Write(caller, AuditLog.LabelRead, id, Encoding.UTF8.GetBytes(svg!));
        return Svg(svg!);
    }

    private static async Task<Answer> ForCustomer(string token, TrackingLinks links, Ownership ownership, ContactStore contacts, ApiOptions options, CancellationToken cancellation)
    {
        (TrackedCustomer? tracked, Refused? over) = await links.Open(token);
        if (over is not null)
            return over;
        (string? svg, Refused? refused) = await Print(tracked!.Job.State, ParcelDirection.Inbound, options.Tenant, ownership, contacts, cancellation);
        return refused is not null ? refused : Svg(svg!);
    }

    /// <summary>Without a direction the parcel that is to go next: the return if there is one.</summary>
    private static async Task<(string? Svg, Refused? Refused)> Print(JobState job, ParcelDirection? wanted, TenantId tenant, Ownership ownership, ContactStore contacts, CancellationToken cancellation)
    {
        if (!job.Mode.HasParcels())
            return (null, Refused.Of(JobRefusals.WrongMode(job)));
        ParcelDirection direction = wanted ?? (job.MailIn?.ParcelTo(ParcelDirection.Return) is null ? ParcelDirection.Inbound : ParcelDirection.Return);
        bool returns = direction == ParcelDirection.Return;
        if (job.MailIn?.ParcelTo(direction) is not { } parcel || job.Booking is not { } booking)
            return (null, Refused.Of(JobRefusals.WrongStatus(job, returns ? nameof(JobStatus.Packed) : nameof(JobStatus.Booked))));
        if (await ownership.PointGrain(tenant, booking.Point).Get() is not { } point)
            return (null, Refused.Of(ServicePointRefusals.Unknown(booking.Point)));
        ContactView? contact = await contacts.Find(tenant, job.Id, cancellation);
        string number = NumberOf(job.Id);
        // An erased contact leaves the number and the position; the parcel must still be brought.
        LabelEnd customer = new(string.IsNullOrWhiteSpace(contact?.Name) ? number : contact.Name, contact?.Phone, contact?.Address, job.Request.Place);
        LabelEnd counter = new(point.State.Profile.Name, null, null, point.State.Profile.Place);
        string? device = job.Request.Device is { } named ? $"{named.Brand} {named.Model}" : null;
        return (LabelSvg.Render(new ParcelLabel(parcel.Waybill.Value, returns, number, device, returns ? counter : customer, returns ? customer : counter, contact?.Language)), null);
    }

    /// <summary>The last six characters of the id: what the pages call a job by.</summary>
    private static string NumberOf(JobId job) => job.Value[^Math.Min(6, job.Value.Length)..].ToUpperInvariant();

    private static ContentHttpResult Svg(string svg) => TypedResults.Text(svg, LabelSvg.MediaType, Encoding.UTF8);
}
