using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.ServicePoints;

/// <summary>How many devices of one kind of bench a service point repairs on a working day.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.benchCapacity")]
public readonly record struct BenchCapacity([property: Id(0)] string Category, [property: Id(1)] int PerDay);

/// <summary>When a service point is open, in its own time zone.</summary>
/// <param name="Close">Not after <paramref name="Open"/> means on the next day; 00:00 is the end of the day itself.</param>
/// <param name="TimeZone">IANA name, for example <c>Asia/Shanghai</c>.</param>
/// <param name="ClosedOn">Days of the week without work.</param>
[GenerateSerializer, Immutable, Alias("dispatch.openingHours")]
public sealed record OpeningHours(
    [property: Id(0)] TimeOnly Open, [property: Id(1)] TimeOnly Close, [property: Id(2)] string TimeZone, [property: Id(3)] ImmutableArray<DayOfWeek> ClosedOn)
{
    /// <summary>The clock on the point's wall.</summary>
    [JsonIgnore]
    public WallClock Clock => WallClock.OfStored(TimeZone);

    /// <summary>
    /// The bench day a moment belongs to: the calendar day at the point, or the day before while the hours of that day still last after midnight.
    /// </summary>
    public DateOnly DayOf(DateTimeOffset at)
    {
        DateOnly today = CalendarDayOf(at), before = today.AddDays(-1);
        return LastsPastMidnight && IsWorkingDay(before) && at < ClosesAt(before) ? before : today;
    }

    /// <summary>The date of a moment at the point.</summary>
    public DateOnly CalendarDayOf(DateTimeOffset at) => Clock.DayOf(at);

    /// <summary>Whether the point is open on that day at all. A change of clocks may leave out its hours, or the whole day.</summary>
    public bool IsWorkingDay(DateOnly day) => !ClosedOn.Contains(day.DayOfWeek) && HoursOf(day) is var hours && hours.From < hours.To;

    /// <summary>The first working day on or after this one.</summary>
    public DateOnly WorkingDayFrom(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The working day so many working days after this one.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int days)
    {
        day = WorkingDayFrom(day);
        for (; days > 0; days--)
            day = WorkingDayFrom(day.AddDays(1));
        return day;
    }

    public DateTimeOffset OpensAt(DateOnly day) => HoursOf(day).From;

    public DateTimeOffset ClosesAt(DateOnly day) => HoursOf(day).To;

    /// <summary>The last minute of that calendar day, so that its date is the day's.</summary>
    public DateTimeOffset EndOf(DateOnly day) => Clock.First(day.AddDays(1), TimeOnly.MinValue).AddMinutes(-1);

    private bool LastsPastMidnight => Close <= Open && Close != TimeOnly.MinValue;

    private TimeWindow HoursOf(DateOnly day) => Clock.Hours(day, Open, Close);
}

/// <summary>What a service point is and may do, as a manager enters it.</summary>
/// <param name="Zone">The territory it stands in.</param>
/// <param name="Serves">Territories whose parcels it takes.</param>
/// <param name="Brands">Brands it is authorised for.</param>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointProfile")]
public sealed record ServicePointProfile(
    [property: Id(0)] string Name,
    [property: Id(1)] ZoneId Zone,
    [property: Id(2)] Place Place,
    [property: Id(3)] ImmutableArray<ZoneId> Serves,
    [property: Id(4)] ImmutableArray<string> Brands,
    [property: Id(5)] ImmutableArray<SkillLevel> Skills,
    [property: Id(6)] OpeningHours Hours,
    [property: Id(7)] ImmutableArray<BenchCapacity> Slots)
{
    /// <summary>Devices of that kind a day; 0 without such a bench.</summary>
    public int PerDay(string category)
    {
        foreach (BenchCapacity slot in Slots)
            if (string.Equals(slot.Category, category, StringComparison.Ordinal))
                return slot.PerDay;
        return 0;
    }
}

/// <summary>How firmly a place on a bench is spoken for.</summary>
[GenerateSerializer, Alias("dispatch.benchSlotStatus")]
public enum BenchSlotStatus
{
    /// <summary>Kept for a booking under way; lapses by itself.</summary>
    Reserved,
    /// <summary>The job's.</summary>
    Confirmed,
    /// <summary>Used up: the device was repaired on that day.</summary>
    Finished,
}

/// <summary>A place on a bench on one day, and the parts, that one job holds. <see cref="ExpiresAt"/> only while reserved.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.benchSlot")]
public sealed record BenchSlot(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] BenchSlotStatus Status,
    [property: Id(3)] DateOnly Day,
    [property: Id(4)] string Category,
    [property: Id(5)] ImmutableArray<PartQuantity> Parts,
    [property: Id(6)] DateTimeOffset? ExpiresAt)
{
    public bool HasLapsed(DateTimeOffset now) => Status == BenchSlotStatus.Reserved && now >= ExpiresAt;
}

/// <summary>Everything decisions about the benches and the stock of a service point need.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointState")]
public sealed record ServicePointState(
    [property: Id(0)] ServicePointId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ServicePointProfile Profile,
    [property: Id(3)] ImmutableArray<PartQuantity> Stock,
    [property: Id(4)] ImmutableArray<BenchSlot> Bench,
    [property: Id(5)] ImmutableArray<ReleasedEpoch> Released)
{
    public BenchSlot? SlotOf(JobId job)
    {
        foreach (BenchSlot slot in Bench)
            if (slot.Job == job)
                return slot;
        return null;
    }

    /// <summary>Places of a kind that are spoken for on that day, whatever became of them since.</summary>
    public int Taken(DateOnly day, string category, DateTimeOffset now, JobId? but = null) =>
        Bench.Count(s => s.Day == day && s.Job != but && !s.HasLapsed(now) && string.Equals(s.Category, category, StringComparison.Ordinal));

    /// <summary>Units of a part that no job holds.</summary>
    public int Free(string part, DateTimeOffset now, JobId? but = null)
    {
        int left = 0;
        foreach (PartQuantity line in Stock)
            left += string.Equals(line.Code, part, StringComparison.Ordinal) ? line.Quantity : 0;
        foreach (BenchSlot slot in Bench)
            if (slot.Job != but && slot.Status != BenchSlotStatus.Finished && !slot.HasLapsed(now))
                foreach (PartQuantity held in slot.Parts)
                    left -= string.Equals(held.Code, part, StringComparison.Ordinal) ? held.Quantity : 0;
        return left;
    }

    /// <summary>
    /// Places of a kind still to be had on that day. Work that was to be done before today and is not takes places of today and the days after it first, because it will
    /// be done then.
    /// </summary>
    public int Open(DateOnly day, string category, DateTimeOffset now, JobId? but = null)
    {
        DateOnly today = Profile.Hours.DayOf(now);
        int perDay = Profile.PerDay(category);
        if (day < today || perDay == 0 || !Profile.Hours.IsWorkingDay(day))
            return 0;
        int late = Bench.Count(s => s.Day < today && s.Job != but && s.Status == BenchSlotStatus.Confirmed && string.Equals(s.Category, category, StringComparison.Ordinal));
        for (DateOnly before = Profile.Hours.WorkingDayFrom(today); before < day && late > 0; before = Profile.Hours.WorkingDayFrom(before.AddDays(1)))
            late -= Math.Max(0, perDay - Taken(before, category, now, but));
        return perDay - Taken(day, category, now, but) - Math.Max(0, late);
    }
}
