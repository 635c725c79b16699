using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// Figures of the mail-in flow: what a parcel costs, how long it takes, and what is promised. All of them are settings. The defaults are those of a city's same-day courier, and
/// repairs take one to three working days by difficulty and workload, as the trade promises.
/// </summary>
public sealed record MailInRules
{
    /// <summary>From the booking to the carrier at the customer's door.</summary>
    public TimeSpan CollectWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Handling of a parcel, whatever the distance.</summary>
    public TimeSpan TransitBase { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Speed of a parcel between customer and point, over the straight line.</summary>
    public double TransitKmPerHour { get; init; } = 20;

    /// <summary>A parcel that arrives later than this before closing time is worked on the next working day.</summary>
    public TimeSpan UnpackBefore { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Work longer than this takes one working day more.</summary>
    public TimeSpan LongRepair { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Added to a promise, for what nobody foresees.</summary>
    public TimeSpan Reserve { get; init; } = TimeSpan.FromHours(4);

    /// <summary>One parcel, one way, in minor units of money.</summary>
    public long FreightBase { get; init; } = 1200;

    /// <summary>In minor units of money.</summary>
    public long FreightPerKm { get; init; } = 20;

    /// <summary>What a day's wait of the customer weighs against freight, in minor units of money.</summary>
    public long DayWithoutDevice { get; init; } = 1500;

    /// <summary>What the last place of a day's bench weighs more than the first, so that load spreads where nothing else differs; minor units of money.</summary>
    public long LastPlace { get; init; } = 400;

    /// <summary>How long a service point keeps a place for a booking that is not confirmed; longer than any outbox takes in health.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many days ahead a place is looked for.</summary>
    public int DaysAhead { get; init; } = 30;

    /// <summary>How many flows are solved where jobs compete for parts, before the best matching so far is taken and only bounded. Each takes as long as a matching without scarce parts.</summary>
    public int PartFlows { get; init; } = 4;

    public TimeSpan Transit(double metres) => TransitBase + TimeSpan.FromHours(metres / 1000 / TransitKmPerHour);

    /// <summary>Both ways.</summary>
    public long Freight(double metres) => 2 * (FreightBase + (long)Math.Round(FreightPerKm * metres / 1000));

    /// <summary>The first day on which a parcel booked now can be on the bench.</summary>
    public DateOnly FirstDay(OpeningHours hours, DateTimeOffset now, double metres)
    {
        DateTimeOffset arrives = now + CollectWithin + Transit(metres);
        DateOnly day = hours.DayOf(arrives);
        return hours.WorkingDayFrom(arrives > hours.ClosesAt(day) - UnpackBefore ? day.AddDays(1) : day);
    }

    /// <summary>
    /// When a device on the bench that day is back at the door at the latest: done by closing time, one working day later where the work is long, then the way back and the
    /// reserve. A promise is a date, so it lasts to the end of that day at the point.
    /// </summary>
    public DateTimeOffset Promise(OpeningHours hours, DateOnly benchDay, TimeSpan work, double metres) =>
        hours.EndOf(hours.CalendarDayOf(BackAt(ReadyAt(hours, benchDay, work), metres)));

    /// <summary>When the repair is done at the latest.</summary>
    public DateTimeOffset ReadyAt(OpeningHours hours, DateOnly benchDay, TimeSpan work) => hours.ClosesAt(hours.AddWorkingDays(benchDay, work > LongRepair ? 1 : 0));

    /// <summary>When a device that is done then is at the door, the reserve included.</summary>
    public DateTimeOffset BackAt(DateTimeOffset ready, double metres) => ready + CollectWithin + Transit(metres) + Reserve;

    /// <summary>What a place weighs on a bench that has so many places a day, of which so many are given away; never less than the one before it.</summary>
    public long Load(int given, int perDay) => LastPlace * given / perDay;
}
