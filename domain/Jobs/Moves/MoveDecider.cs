using Dispatch.Domain.Intents;

namespace Dispatch.Domain.Jobs.Moves;

using Decision = Decision<JobEvent>;

/// <summary>What a change of plan does to a job. Pure. While it is parked every other command is refused; the grain has the change decided first.</summary>
internal static class MoveDecider
{
    /// <summary>Why a job is back in the queue that a change of plan took from its technician.</summary>
    public const string Moved = "moved";

    public static Decision Parked(JobState job, ParkJob c, DateTimeOffset now)
    {
        if (job.Parked is { } parked)
            return parked.Intent == c.Intent ? Decision.Nothing : JobRefusals.PlanUnderWay(job);
        if (now >= c.DecideBy)
            return IntentRefusals.Expired(c.Intent, c.DecideBy);
        if (JobDecider.CheckEpoch(job, c.Expected) is { } refusal)
            return refusal;
        bool waits = job is { Status: JobStatus.Queued, Needs: not null } && c.To is not null;
        if (!waits && job.Status != JobStatus.Accepted)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Accepted));
        if (job.Assigned != c.From)
            return c.From is { } from ? JobRefusals.NotYours(job, from) : JobRefusals.Taken(job);
        if (!c.Overrules && job.LockedTo is { } locked && c.To?.Technician != locked)
            return JobRefusals.LockedElsewhere(job);
        return new JobParked(c.Intent, c.DecideBy, c.To);
    }

    public static Decision Settled(JobState job, SettleMove c)
    {
        if (job.Parked is not { } parked || parked.Intent != c.Intent)
            return Decision.Nothing;
        if (!c.Committed)
            return new JobUnparked(c.Intent);
        Epoch epoch = job.Epoch.Next;
        return parked.To is { } to
            ? Decision.Of(new JobMoved(epoch, JobDecider.Holders(job), [to], c.Intent), new JobAccepted(epoch, to.Technician, []))
            : Decision.Of(new JobWithdrawn(epoch, JobDecider.Holders(job), null, Moved), new JobQueued(Moved));
    }
}
