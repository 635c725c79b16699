namespace Dispatch.Domain.Jobs.Moves;

/// <summary>What each fact of a change of plan makes of a job; null for a fact that is not one of these.</summary>
internal static class MoveEvolution
{
    public static JobState? Apply(JobState job, JobEvent fact) => fact switch
    {
        JobParked e => job with { Parked = new ParkedMove(e.Intent, e.DecideBy, e.To) },
        JobUnparked => job with { Parked = null },
        JobMoved e => job with
        {
            Status = JobStatus.Accepted,
            Epoch = e.Epoch,
            Candidates = e.Candidates,
            OfferExpiresAt = null,
            Unplaced = [],
            // Whoever is given it by hand has it whatever they said before; a job kept for one technician is from now on kept for the new one.
            Excluded = JobEvolution.Freed(job.Excluded, e.Candidates[0].Technician),
            LockedTo = job.LockedTo is null ? null : e.Candidates[0].Technician,
            Parked = null,
        },
        _ => null,
    };
}
