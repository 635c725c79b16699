using System.Collections.Immutable;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts.Jobs;

namespace Dispatch.Api.Plans;

/// <summary>Reads what a change of plan touches as it now is, reckons the visits and leaves the rest to the jobs and technicians themselves.</summary>
internal sealed class PlanDesk(Ownership ownership, ITravel travel, BusinessClock clock)
{
    /// <summary>The change as a command, or why there is none.</summary>
    public async Task<(OpenIntent? Command, Refused? Refused)> Prepare(Posted<PlanChangeRequest> posted, IntentId id, ZoneId zone)
    {
        Caller caller = posted.Caller;
        MoveInput[] wanted = [.. posted.Value.Moves!.Select(m => m!)];
        Dictionary<JobId, JobState> jobs = [];
        foreach (MoveInput move in wanted)
        {
            (VersionedJob? job, Refused? refused) = await ownership.Job(caller, move.JobId!, Act.DirectJob);
            if (refused is not null)
                return (null, refused);
            if (job!.State.Zone != zone)
                return (null, Refused.Of(IntentRefusals.OtherZone(job.State.Id, job.State.Zone)));
            jobs[job.State.Id] = job.State;
        }
        Dictionary<TechnicianId, TechnicianState> days = [];
        foreach (string to in wanted.Select(m => m.To).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            (var technician, Refused? refused) = await ownership.Technician(caller, to, Act.ReadTechnician);
            if (refused is not null)
                return (null, refused);
            days[new TechnicianId(to)] = technician!.State with { Commitments = technician.State.Commitments.RemoveAll(c => jobs.ContainsKey(c.Job)) };
        }
        DateTimeOffset now = clock.GetUtcNow();
        ImmutableArray<JobMove>.Builder moves = ImmutableArray.CreateBuilder<JobMove>();
        // Who is told when comes first, so that the others find their gaps around it.
        foreach (MoveInput move in wanted.OrderBy(m => m.StartAt is null))
        {
            JobState job = jobs[new JobId(move.JobId!)];
            TechnicianId? to = move.To is { } name ? new TechnicianId(name) : null;
            Visit? visit = null;
            if (to is { } technician)
            {
                visit = MoveVisit.Of(job, days[technician], travel, now, move.StartAt?.ToUniversalTime());
                if (visit is null)
                    return (null, Refused.Of(Refusal.Of("plan.unreachable", RefusalKind.Unprocessable, ("technicianId", technician), ("jobId", job.Id))));
                days[technician] = With(days[technician], job, visit);
            }
            moves.Add(new JobMove(job.Id, new Epoch(move.Epoch!.Value), job.Assigned, to, visit));
        }
        return (new OpenIntent(id, caller.Tenant, zone, moves.DrainToImmutable(), posted.Value.Reason!.Trim(), Overrules: true, IntentRules.Usual), null);
    }

    private static TechnicianState With(TechnicianState day, JobState job, Visit visit) => day with
    {
        Commitments = day.Commitments.Add(new Commitment(
            job.Id, job.Epoch.Next, CommitmentStatus.Confirmed, visit, job.Request.Place, job.Needs?.Parts ?? [], job.Needs?.Service ?? TimeSpan.Zero, job.WindowOpens(visit), null, null)),
    };
}
