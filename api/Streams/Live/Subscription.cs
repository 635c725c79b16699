using Dispatch.Domain;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Streams.Live;

/// <summary>One viewer of one stream.</summary>
/// <param name="After">Events up to this number are known to the viewer.</param>
internal sealed class Subscription(Viewer viewer, long after, TrackedJob? tracked = null)
{
    private long _told = after, _headTold = -1;

    public Viewer Viewer => viewer;

    /// <summary>The newest number handed to the viewer, as event or as head.</summary>
    public long Told => Volatile.Read(ref _told);

    /// <summary>Whether the viewer still lacks this event.</summary>
    public bool Wants(long seq) => seq > Told;

    public void Tell(long seq) => Volatile.Write(ref _told, Math.Max(seq, Told));

    /// <summary>Whether a head message is worth sending: always when everybody gets one, else only a number not yet said so. Counts as said.</summary>
    public bool HeadIsDue(long head, bool everybody) => Interlocked.Exchange(ref _headTold, head) != head || everybody;

    /// <summary>Why the viewer's tracking link has ended; null while the link is good, and for viewers who need no link.</summary>
    public string? Over => tracked?.Over;

    /// <summary>Takes note of where the job now stands. False if the viewer has no right to what comes after: a technician who lost the job.</summary>
    public bool Observe(JobState job)
    {
        tracked?.Observe(job);
        return viewer.Caller.Technician is not { } technician || Concerns(job, technician);
    }

    /// <summary>Whether the job is this technician's, or offered to them.</summary>
    public static bool Concerns(JobState job, TechnicianId technician) => job.CandidateOf(technician) is not null;
}

/// <summary>Whose position the holder of a tracking token may see at this moment: the technician's of their job while on the way, else nobody's.</summary>
internal sealed class TrackedJob
{
    private readonly Func<JobState, string?> _check;
    private volatile JobState _job;
    private volatile string? _approaching;
    private int _news;

    /// <param name="check">Why the link of this viewer is no longer good for the job as it stands; null while it is.</param>
    public TrackedJob(JobState job, Func<JobState, string?> check)
    {
        (_job, _check) = (job, check);
        Observe(job);
    }

    public string? Over => _check(_job);

    public TechnicianId? Approaching => Over is null && _approaching is { } id ? new TechnicianId(id) : null;

    /// <summary>True once after somebody has set off, so that their last known place is sent without waiting for the next.</summary>
    public bool TakeNews() => Interlocked.Exchange(ref _news, 0) == 1;

    public void Observe(JobState job)
    {
        _job = job;
        string? now = job.Status == JobStatus.EnRoute ? job.Assigned?.Value : null;
        bool setOff = now is not null && now != _approaching;
        _approaching = now;
        if (setOff)
            Volatile.Write(ref _news, 1);
    }
}
