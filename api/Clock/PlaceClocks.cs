using Dispatch.Api.Access;
using Dispatch.Domain;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Clock;

/// <summary>
/// Whose wall clock the times of a job are told by: the service point's that it is booked at, else the company's. Messages and pages ask the same, so that a customer never reads two times for one visit.
/// </summary>
internal sealed class PlaceClocks(Ownership ownership, ApiOptions options)
{
    public async Task<WallClock> Of(TenantId tenant, JobState job) => await Of(tenant, job.Booking?.Point);

    public async Task<WallClock> Of(TenantId tenant, ServicePointId? point) =>
        point is { } id && await ownership.PointGrain(tenant, id).Get() is { State.Profile.Hours.Clock: var clock } ? clock : options.Clock;
}
