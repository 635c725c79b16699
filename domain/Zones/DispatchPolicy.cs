using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Zones;

/// <summary>What a zone wants done now: pure data, carried out by the grain.</summary>
public abstract record ZoneAction;

/// <summary>Offer this job, on this epoch, to this technician.</summary>
public sealed record ProposeOffer(JobId Job, Epoch Expected, Candidate Candidate) : ZoneAction;

/// <summary>Send this technician to the depot.</summary>
public sealed record SendToDepot(TechnicianId Technician, Depot Depot, DateTimeOffset DepartAt) : ZoneAction;

/// <summary>Take the job from a technician who no longer works.</summary>
public sealed record TakeBack(JobId Job, TechnicianId From) : ZoneAction;

/// <summary>Tell the job why it is in no route.</summary>
public sealed record TellUnplaced(JobId Job, Epoch Expected, ImmutableArray<UnplacedCount> Reasons) : ZoneAction;

/// <summary>
/// Turns a plan into the few things that must happen now. A stop becomes an offer only when it is next in its route and its departure is near: until then
/// the plan may still change and nobody has been promised anything.
/// </summary>
public static class DispatchPolicy
{
    /// <param name="now">The present.</param>
    /// <param name="lead">How long before departure the technician is asked.</param>
    public static ImmutableArray<ZoneAction> Due(ZoneBoard board, ZonePlan plan, Depot? depot, DateTimeOffset now, TimeSpan lead)
    {
        ImmutableArray<ZoneAction>.Builder actions = ImmutableArray.CreateBuilder<ZoneAction>();
        foreach (PlannedRoute route in plan.Routes)
        {
            // A break asks nothing of anybody.
            if (route.Stops.FirstOrDefault(stop => stop.Kind != StopKind.Break) is not { } next || board.Technician(route.Technician) is not { OnDuty: true } technician)
                continue;
            DateTimeOffset departs = next.DepartNoLaterThan;
            if (departs - lead > now)
                continue;
            if (next.Kind == StopKind.Depot)
            {
                if (depot is not null && !technician.DepotVisited && technician.DepotCall is null)
                    actions.Add(new SendToDepot(technician.Id, depot, departs));
            }
            else if (board.Job(next.Job!.Value) is { IsWaiting: true } job)
            {
                Visit visit = new(departs, departs + (next.ArriveAt - next.DepartAt), next.StartAt, next.FinishAt);
                actions.Add(new ProposeOffer(job.Id, job.Epoch, new Candidate(technician.Id, visit)));
            }
        }
        return actions.ToImmutable();
    }

    /// <summary>
    /// True if this no is about the technician, so that asking again soon would be in vain. A job that has moved on meanwhile, taken back by hand perhaps to be given to just this person, says nothing
    /// against them.
    /// </summary>
    public static bool IsAboutTechnician(Refusal no) => no.Code.StartsWith("technician.", StringComparison.Ordinal) && !string.Equals(no.Code, TechnicianRefusals.StaleCode, StringComparison.Ordinal);

    /// <summary>Jobs held by technicians who went off duty before setting off to them.</summary>
    public static ImmutableArray<ZoneAction> Abandoned(ZoneBoard board, DateTimeOffset now) =>
    [
        .. from technician in board.Technicians
           where !technician.OnDuty
           from commitment in technician.Commitments
           where commitment.Status <= CommitmentStatus.Confirmed && !commitment.HasLapsed(now)
           let job = board.Job(commitment.Job)
           where job is { Status: JobStatus.Offered or JobStatus.Accepted } && job.Epoch == commitment.Epoch
           select new TakeBack(commitment.Job, technician.Id),
    ];

    /// <summary>Changes in what jobs know about why they are in no route, or that they now are in one.</summary>
    public static ImmutableArray<TellUnplaced> Unplaced(ZoneBoard board, ZonePlan plan)
    {
        ImmutableArray<TellUnplaced>.Builder actions = ImmutableArray.CreateBuilder<TellUnplaced>();
        foreach (UnplacedJob unplaced in plan.Unplaced)
        {
            if (board.Job(unplaced.Job) is not { IsWaiting: true } job)
                continue;
            ImmutableArray<UnplacedCount> reasons = unplaced.Counts;
            if (!reasons.SequenceEqual(job.Unplaced))
                actions.Add(new TellUnplaced(job.Id, job.Epoch, reasons));
        }
        foreach (PlannedRoute route in plan.Routes)
            foreach (PlannedStop stop in route.Stops)
                if (stop.Job is { } id && board.Job(id) is { IsWaiting: true, Unplaced.IsEmpty: false } placed)
                    actions.Add(new TellUnplaced(placed.Id, placed.Epoch, []));
        return actions.ToImmutable();
    }
}
