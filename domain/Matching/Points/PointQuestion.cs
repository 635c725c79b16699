using Dispatch.Domain.Geo;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>Whether this point can take this job now, with what was given away since the point's state was known.</summary>
public sealed class PointQuestion
{
    private readonly PointView view;
    private readonly Bookings taken;
    private readonly OpeningHours hours;

    internal PointQuestion(MailInJob job, PointView view, Bookings taken)
    {
        (Job, this.view, this.taken, hours) = (job, view, taken, view.State.Profile.Hours);
        Metres = LocalMetric.Metres(job.Place, Point.Profile.Place);
    }

    public MailInJob Job { get; }

    public ServicePointState Point => view.State;

    public DateTimeOffset Now => view.Now;

    /// <summary>Straight line between customer and point.</summary>
    public double Metres { get; }

    /// <summary>The first day with a free place after the parcel can have arrived; null if there is none as far ahead as is looked.</summary>
    public DateOnly? FirstOpenDay => firstOpenDay ??= OpenDays().Select(day => (DateOnly?)day).FirstOrDefault();

    /// <summary>Every day with a free place after the parcel can have arrived, as far ahead as is looked.</summary>
    public IEnumerable<DateOnly> OpenDays()
    {
        for (DateOnly day = view.Rules.FirstDay(hours, Now, Metres); day <= view.LastDay; day = hours.WorkingDayFrom(day.AddDays(1)))
            if (OpenOn(day) > 0)
                yield return day;
    }

    public int OpenOn(DateOnly day) => view.Open(day, Job.Bench, Job.Id) - taken.Places(Point.Id, day, Job.Bench);

    public int PartsLeft(string part) => view.Free(part, Job.Id) - taken.Parts(Point.Id, part);

    /// <summary>The first constraint that stops the point, in the order in which they are told; null where nothing does.</summary>
    internal Violation? FirstViolation()
    {
        foreach (IPointConstraint constraint in PointConstraints.All)
            if (constraint.Check(this) is { } violation)
                return violation;
        return null;
    }

    /// <summary>What a place on that day costs as things stand: its load is that of the next place to be given.</summary>
    internal BenchOption OptionOn(DateOnly day)
    {
        DateTimeOffset promised = view.Promise(day, Job.Needs.Service, Metres);
        int perDay = Point.Profile.PerDay(Job.Bench);
        return new BenchOption(
            Point.Id, day, promised, view.Rules.Freight(Metres), (long)Math.Round(view.Rules.DayWithoutDevice * (promised - Now).TotalDays), view.Rules.Load(perDay - OpenOn(day), perDay));
    }

    /// <summary>The cheapest day, the earliest of equals; the first constraint that stops the point where there is none.</summary>
    internal PointVerdict Answer() => FirstViolation() is { } violation
        ? new PointVerdict(Point.Id, violation, null)
        : new PointVerdict(Point.Id, null, OpenDays().Select(OptionOn).MinBy(option => option.Cost));

    private DateOnly? firstOpenDay;
}
