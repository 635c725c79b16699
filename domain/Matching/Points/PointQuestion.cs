using Dispatch.Domain.Geo;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>Whether this point can take this job now, with what was given away since the point's state was known.</summary>
public sealed class PointQuestion
{
    private readonly Func<DateOnly, string, int> placesGiven;
    private readonly Func<string, int> partsGiven;
    private readonly MailInRules rules;

    internal PointQuestion(MailInJob job, ServicePointState point, DateTimeOffset now, Func<DateOnly, string, int> placesGiven, Func<string, int> partsGiven, MailInRules rules)
    {
        (Job, Point, Now, this.placesGiven, this.partsGiven, this.rules) = (job, point, now, placesGiven, partsGiven, rules);
        Metres = LocalMetric.Metres(job.Place, point.Profile.Place);
    }

    public MailInJob Job { get; }

    public ServicePointState Point { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Straight line between customer and point.</summary>
    public double Metres { get; }

    /// <summary>The first day with a free place after the parcel can have arrived; null if there is none as far ahead as is looked.</summary>
    public DateOnly? FirstOpenDay => firstOpenDay ??= FindDay();

    public int OpenOn(DateOnly day) => Point.Open(day, Job.Bench, Now, Job.Id) - placesGiven(day, Job.Bench);

    public int PartsLeft(string part) => Point.Free(part, Now, Job.Id) - partsGiven(part);

    private DateOnly? firstOpenDay;

    private DateOnly? FindDay()
    {
        OpeningHours hours = Point.Profile.Hours;
        DateOnly day = rules.FirstDay(hours, Now, Metres);
        DateOnly last = hours.DayOf(Now).AddDays(rules.DaysAhead);
        for (; day <= last; day = hours.WorkingDayFrom(day.AddDays(1)))
            if (OpenOn(day) > 0)
                return day;
        return null;
    }
}
