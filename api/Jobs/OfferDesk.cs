using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Jobs;

/// <summary>Offers by hand: reckons each technician's visit and leaves the rest to the job.</summary>
internal sealed class OfferDesk(Ownership ownership, ITravel travel, BusinessClock clock, ApiOptions options)
{
    /// <summary>The command for the job as it now is, or why there is none.</summary>
    public async Task<(OfferJob? Command, Refusal? Refusal)> Prepare(Caller caller, VersionedJob job, OfferRequest request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        TechnicianId[] technicians = [.. request.TechnicianIds!.Select(id => new TechnicianId(id!))];
        VersionedTechnician?[] found = await Task.WhenAll(technicians.Select(id => ownership.TechnicianGrain(caller.Tenant, id).Get()));
        ImmutableArray<Candidate>.Builder candidates = ImmutableArray.CreateBuilder<Candidate>();
        for (int i = 0; i < technicians.Length; i++)
        {
            if (found[i] is not { } technician)
                return (null, TechnicianRefusals.Unknown(technicians[i]));
            if (HandOffer.VisitOf(job.State, technician.State, travel, now, request.DepartAt) is not { } visit)
                return (null, Refusal.Of("plan.unreachable", RefusalKind.Unprocessable, ("technicianId", technicians[i])));
            candidates.Add(new Candidate(technicians[i], visit));
        }
        return (new OfferJob(job.State.Epoch, candidates.DrainToImmutable(), now + options.OfferLasts, request.Direct ?? false), null);
    }
}
