using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Zones;

/// <summary>
/// What a zone knows of its jobs and technicians: the newest version of each, whatever order the notices came in. Not durable; the read models and the
/// outboxes make it again.
/// </summary>
public sealed class ZoneBoard
{
    private readonly SortedDictionary<JobId, (JobState State, long Version)> jobs = [];
    private readonly SortedDictionary<TechnicianId, (TechnicianState State, long Version)> technicians = [];

    private readonly SortedDictionary<ServicePointId, (ServicePointState State, long Version)> points = [];

    /// <summary>Rises with every change worth planning routes for.</summary>
    public long Revision { get; private set; }

    /// <summary>Rises with every change worth looking for benches for.</summary>
    public long BenchRevision { get; private set; }

    public IEnumerable<ServicePointState> Points => points.Values.Select(p => p.State);

    /// <summary>Jobs that wait for a bench.</summary>
    public IEnumerable<MailInJob> WaitingForBench => jobs.Values.Where(j => j.State.IsWaiting).Select(j => MailInJob.Of(j.State)).OfType<MailInJob>();

    public IEnumerable<TechnicianState> Technicians => technicians.Values.Select(t => t.State);

    public JobState? Job(JobId id) => jobs.TryGetValue(id, out (JobState State, long) known) ? known.State : null;

    public TechnicianState? Technician(TechnicianId id) => technicians.TryGetValue(id, out (TechnicianState State, long) known) ? known.State : null;

    /// <summary>Takes a job's state if it is newer than the one known; ended jobs leave the board.</summary>
    public void Learn(JobState job, long version)
    {
        if (jobs.TryGetValue(job.Id, out (JobState, long Version) known) && known.Version >= version)
            return;
        bool mattered = jobs.ContainsKey(job.Id) && jobs[job.Id].State.IsWaiting;
        if (job.IsEnded)
            jobs.Remove(job.Id);
        else
            jobs[job.Id] = (job, version);
        if (!mattered && !job.IsWaiting)
            return;
        if (!job.Mode.IsVisit())
            BenchRevision++;
        else
            Revision++;
    }

    /// <summary>Takes a service point's state if it is newer than the one known.</summary>
    public void Learn(ServicePointState point, long version)
    {
        if (points.TryGetValue(point.Id, out (ServicePointState, long Version) known) && known.Version >= version)
            return;
        points[point.Id] = (point, version);
        BenchRevision++;
    }

    /// <summary>Takes a technician's state if it is newer than the one known.</summary>
    public void Learn(TechnicianState technician, long version)
    {
        if (technicians.TryGetValue(technician.Id, out (TechnicianState, long Version) known) && known.Version >= version)
            return;
        technicians[technician.Id] = (technician, version);
        Revision++;
    }

    /// <summary>Jobs that wait for a plan and technicians who can still work today, committed work folded in.</summary>
    /// <param name="from">Nothing is planned to begin before this; a little after now, so that an offer can arrive in time.</param>
    /// <param name="targets">How soon customers should be met where that is possible at all.</param>
    /// <param name="levels">How often the target of a job was found out of reach; 0 for those not named.</param>
    public PlanningSnapshot Snapshot(DateTimeOffset now, DateTimeOffset from, ITravel travel, Depot? depot, ResponseTargets targets, IReadOnlyDictionary<JobId, int> levels) => new(
        from,
        [.. Technicians.Where(t => CanWork(t, now)).Select(t => CommittedDay.Fold(t, now, travel))],
        [.. jobs.Values.Select(j => j.State).Where(j => j is { IsWaiting: true, Needs: not null } && j.Mode.IsVisit())
            .Select(j => SnapshotOf(j, targets.Narrow(j, from, levels.GetValueOrDefault(j.Id))))],
        depot is null ? [] : [new DepotSnapshot { Id = depot.Id, Place = depot.Place }]);

    private static bool CanWork(TechnicianState t, DateTimeOffset now) => now < t.Profile.Shift.To && (t.OnDuty || now < t.Profile.Shift.From);

    private static JobSnapshot SnapshotOf(JobState job, ImmutableArray<TimeWindow> windows) => new()
    {
        Id = job.Id,
        Place = job.Request.Place,
        Windows = windows,
        Service = job.Needs!.Service,
        Skills = job.Needs.Skills.ToImmutableSortedDictionary(s => s.Code, s => s.Level, StringComparer.Ordinal),
        Tools = job.Needs.Tools.ToImmutableSortedSet(StringComparer.Ordinal),
        Parts = job.Needs.Parts.ToImmutableSortedDictionary(p => p.Code, p => p.Quantity, StringComparer.Ordinal),
        Priority = Math.Clamp(job.Needs.Priority, 0, 9),
        Deadline = ClassOf(job.Request),
        Excluded = [.. job.Excluded.Select(x => x.Technician).Distinct()],
        LockedTo = job.LockedTo,
        PromisedTo = job.Named,
        Brand = job.Request.Device?.Brand,
    };

    /// <summary>Within windows of this length and less the customer counts on a time, not on a day.</summary>
    private static readonly TimeSpan TimedWindow = TimeSpan.FromHours(2);

    private static DeadlineClass ClassOf(JobRequest request) =>
        request.Severity == Severity.Urgent ? DeadlineClass.Urgent
        : request.Windows.All(window => window.To - window.From <= TimedWindow) ? DeadlineClass.Timed
        : DeadlineClass.Regular;
}
