namespace Dispatch.Domain.Jobs;

/// <summary>
/// The interval a customer is told. It begins when the technician is planned to be at the door and the window is open, and ends later by an allowance that grows with
/// the way to go: a quarter of the planned travel, at least ten minutes. Nothing is said before somebody has accepted, nor after arrival.
/// </summary>
public static class ArrivalPromise
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10), Step = TimeSpan.FromMinutes(5);

    public static TimeWindow? Of(JobState job)
    {
        if (job.Status is not (JobStatus.Accepted or JobStatus.EnRoute) || job.Visit is not { } visit)
            return null;
        return Of(visit);
    }

    /// <summary>The interval of a visit as it is planned.</summary>
    public static TimeWindow Of(Visit visit)
    {
        TimeSpan quarter = (visit.ArriveAt - visit.DepartAt) / 4;
        DateTimeOffset from = Floor(visit.StartAt), to = visit.StartAt + (quarter > Least ? quarter : Least);
        return new TimeWindow(from, Floor(to) == to ? to : Floor(to) + Step);
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Step.Ticks, TimeSpan.Zero);
}
