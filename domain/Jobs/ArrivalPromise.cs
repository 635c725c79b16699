namespace Dispatch.Domain.Jobs;

/// <summary>
/// The interval a customer is told. It begins when the technician is expected at the door and the window is open, and ends later by an
/// allowance that grows with the way to go: a quarter of the planned travel, at least ten minutes. Until departure that goes by the plan,
/// from then on by the real departure. Nothing is said before a technician has accepted, nor after arrival.
/// </summary>
public static class ArrivalPromise
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(10), Step = TimeSpan.FromMinutes(5);

    /// <summary>By what has happened; it may be over by now.</summary>
    public static TimeWindow? Of(JobState job) => job.Visit is not { } visit ? null : job.Status switch
    {
        JobStatus.Accepted => Of(visit),
        // Records from before departures were kept go by the plan.
        JobStatus.EnRoute => From(job, visit, job.Account?.DepartedAt ?? visit.DepartAt),
        _ => null,
    };

    /// <summary>
    /// What can be told at a moment: who has not set off by the planned time sets off then at the earliest; an interval that is over says
    /// nothing any more.
    /// </summary>
    public static TimeWindow? Of(JobState job, DateTimeOffset now)
    {
        TimeWindow? interval =
            job is { Status: JobStatus.Accepted, Visit: { } visit } && visit.DepartAt < now ? From(job, visit, now) : Of(job);
        return interval is { } known && known.To > now ? known : null;
    }

    /// <summary>The interval of a visit as it is planned.</summary>
    public static TimeWindow Of(Visit visit) => Beginning(visit, visit.StartAt);

    /// <summary>
    /// Who leaves late comes late by as much, less what the plan would have waited at the door; who leaves early begins no sooner than the
    /// window opens.
    /// </summary>
    private static TimeWindow From(JobState job, Visit visit, DateTimeOffset departed)
    {
        TimeSpan late = departed - visit.DepartAt;
        DateTimeOffset opens = job.WindowOpens(visit) is var open && open < visit.StartAt ? open : visit.StartAt;
        return Beginning(visit, late > TimeSpan.Zero ? Later(visit.StartAt, visit.ArriveAt + late) : Later(opens, visit.StartAt + late));
    }

    private static TimeWindow Beginning(Visit visit, DateTimeOffset start)
    {
        TimeSpan quarter = (visit.ArriveAt - visit.DepartAt) / 4;
        DateTimeOffset from = Floor(start), to = start + (quarter > Least ? quarter : Least);
        return new TimeWindow(from, Floor(to) == to ? to : Floor(to) + Step);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Step.Ticks, TimeSpan.Zero);
}
