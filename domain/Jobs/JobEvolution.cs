using System.Collections.Immutable;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Jobs;

/// <summary>What each fact makes of a job. The same function serves writing and replay.</summary>
public static class JobEvolution
{
    /// <summary>Why a technician who let an offer pass is not asked again.</summary>
    public const string NoAnswer = "no_answer";

    public static JobState Apply(JobState? state, JobEvent fact, DateTimeOffset now)
    {
        if (fact is JobRequested r)
            return new JobState(r.Id, r.Tenant, r.Zone, JobStatus.Requested, Epoch.Zero, r.Request, null, [], null, [], null, [], r.At, now, null, null, 0, [], Terms: r.Terms);
        if (state is not { } job)
            throw new InvalidOperationException($"{fact.GetType().Name} before the request");
        JobState changed = MailInEvolution.Apply(job, fact) ?? MoveEvolution.Apply(job, fact) ?? QuoteEvolution.Apply(job, fact) ?? LinkEvolution.Apply(job, fact) ?? fact switch
        {
            JobTriaged e => job with { Needs = e.Needs },
            JobQueued => job with { Status = JobStatus.Queued, Candidates = [], OfferExpiresAt = null, Parked = null },
            JobOffered e => job with { Status = JobStatus.Offered, Epoch = e.Epoch, Candidates = e.Candidates, OfferExpiresAt = e.ExpiresAt, Unplaced = [] },
            JobAccepted e => job with { Status = JobStatus.Accepted, Candidates = [job.CandidateOf(e.Technician)!], OfferExpiresAt = null, Named = e.Technician },
            OfferDeclined e => job with
            {
                Epoch = e.Epoch,
                Candidates = job.Candidates.RemoveAll(c => c.Technician == e.Technician),
                Excluded = job.Excluded.Add(new Exclusion(e.Technician, e.Reason, e.At)),
                Named = job.Named == e.Technician ? null : job.Named,
            },
            OfferExpired e => job with { Epoch = e.Epoch, Excluded = job.Excluded.AddRange(e.Technicians.Select(t => new Exclusion(t, NoAnswer, e.At))) },
            JobWithdrawn e => job with { Epoch = e.Epoch, LockedTo = e.LockedTo, Excluded = Freed(job.Excluded, e.LockedTo), Named = e.Reason == JobDecider.ForAnotherTime ? job.Named : null },
            TechnicianDeparted => job with { Status = JobStatus.EnRoute },
            TechnicianArrived => job with { Status = JobStatus.Arrived },
            RepairCompleted e => job with { Status = JobStatus.Repaired, Outcome = e.Outcome, PartsUsed = e.PartsUsed, NewUnit = e.NewUnit },
            AcceptanceSigned => job with { Status = JobStatus.Signed },
            JobClosed e => job with { Status = JobStatus.Closed, EndedAt = e.At },
            DeviceCorrected e => job with { Request = job.Request with { Device = e.Device }, DeviceRevision = job.DeviceRevision + 1 },
            JobCancelled e => job with { Status = JobStatus.Cancelled, Epoch = e.Epoch, Candidates = [], OfferExpiresAt = null, EndReason = e.Reason },
            JobRescheduled e => job with { Request = job.Request with { Windows = e.Windows }, Excluded = [], Unplaced = [] },
            JobUnplaced e => job with { Unplaced = e.Reasons },
            StaleWorkReported => job with { StaleWork = job.StaleWork + 1 },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
        return changed with { ChangedAt = now, EndedAt = job.Ended ?? (changed.IsEnded ? changed.EndedAt ?? now : null), Account = QuoteEvolution.Account(job, changed, fact, now) };
    }

    /// <summary>A dispatcher who names a technician overrules that one's earlier no.</summary>
    internal static ImmutableArray<Exclusion> Freed(ImmutableArray<Exclusion> excluded, TechnicianId? lockedTo) =>
        lockedTo is { } technician ? excluded.RemoveAll(x => x.Technician == technician) : excluded;
}
