using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServicePoints;

using Decision = Decision<ServicePointEvent>;

/// <summary>
/// The ledger of one service point's benches and stock. It alone may say that a place is free: no day of a bench holds more devices than it has places for, and parts are
/// never promised twice. Pure: the same arguments give the same answer.
/// </summary>
public static class ServicePointDecider
{
    /// <summary>How far ahead a bench can be booked.</summary>
    public const int LongestBookingDays = 60;

    public static Decision Decide(ServicePointState? state, ServicePointCommand command, DateTimeOffset now)
    {
        if (command is DefineServicePoint define)
            return new PointDefined(define.Id, define.Tenant, define.Profile, define.Stock);
        if (state is not { } point)
            return Refusal.Of("point.unknown", RefusalKind.Unknown);
        return command switch
        {
            ReserveBench c => Reserved(point, c, now),
            ConfirmBench c => Confirmed(point, c, now),
            ReleaseBench c => IsReleased(point, c.Job, c.UpTo) ? Decision.Nothing : new BenchReleased(c.Job, c.UpTo, c.Reason, now),
            FinishBenchSlot c => point.SlotOf(c.Job) is { Status: not BenchSlotStatus.Finished } held && held.Epoch == c.Epoch
                ? new BenchSlotFinished(c.Job, c.Epoch, c.At, c.PartsUsed)
                : Decision.Nothing,
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    /// <summary>Whether it tells of the end of a repair that this ledger neither holds nor remembers to have let go: as if it was not there when the place was confirmed.</summary>
    public static bool IsUnheardOf(ServicePointState point, ServicePointCommand command) =>
        command is FinishBenchSlot c && point.SlotOf(c.Job) is null && !IsReleased(point, c.Job, c.Epoch);

    private static Decision Reserved(ServicePointState point, ReserveBench c, DateTimeOffset now)
    {
        if (IsReleased(point, c.Job, c.Epoch))
            return ServicePointRefusals.EpochStale(point, c.Job, c.Epoch);
        if (point.SlotOf(c.Job) is { } held)
        {
            if (held.Epoch > c.Epoch)
                return ServicePointRefusals.EpochStale(point, c.Job, c.Epoch);
            if (held.Epoch == c.Epoch && !held.HasLapsed(now) && c.Days.Contains(held.Day))
                return Decision.Nothing;
        }
        if (Authorised(point, c) is { } refusal)
            return refusal;
        (DateOnly Day, Refusal? No)[] days = [.. c.Days.Select(day => (day, NotOn(point, c, day, now)))];
        // What is told is why it cannot be the day that was wanted.
        if (days.FirstOrDefault(day => day.No is null, days[0]) is { No: { } no })
            return no;
        DateOnly chosen = days.First(day => day.No is null).Day;
        foreach (PartQuantity part in c.Needs.Parts)
            if (point.Free(part.Code, now, but: c.Job) is var left && left < part.Quantity)
                return ServicePointRefusals.PartMissing(point, part, left);
        return new BenchReserved(new BenchSlot(c.Job, c.Epoch, BenchSlotStatus.Reserved, chosen, c.Category, c.Needs.Parts, c.ExpiresAt));
    }

    private static Refusal? NotOn(ServicePointState point, ReserveBench c, DateOnly day, DateTimeOffset now)
    {
        DateOnly today = point.Profile.Hours.DayOf(now);
        return day < today ? ServicePointRefusals.DayPast(point, day)
            : day > today.AddDays(LongestBookingDays) ? ServicePointRefusals.DayTooFar(point, day, LongestBookingDays)
            : !point.Profile.Hours.IsWorkingDay(day) ? ServicePointRefusals.DayClosed(point, day)
            : TakesPlace(c) && point.Open(day, c.Category, now, but: c.Job) < 1 ? ServicePointRefusals.BenchFull(point, c.Category, day)
            : null;
    }

    private static Refusal? Authorised(ServicePointState point, ReserveBench c)
    {
        if (c.Brand is { } brand && !point.Profile.Brands.Contains(brand, StringComparer.OrdinalIgnoreCase))
            return ServicePointRefusals.BrandNotAuthorised(point, brand);
        if (TakesPlace(c) && point.Profile.PerDay(c.Category) == 0)
            return ServicePointRefusals.CategoryMissing(point, c.Category);
        foreach (SkillLevel wanted in c.Needs.Skills)
            if (!point.Profile.Skills.Any(s => s.Level >= wanted.Level && string.Equals(s.Code, wanted.Code, StringComparison.Ordinal)))
                return ServicePointRefusals.SkillMissing(point, wanted);
        return null;
    }

    /// <summary>An exchange takes a unit and nobody's time on a bench.</summary>
    private static bool TakesPlace(ReserveBench c) => c.Category != Booking.NoBench;

    private static Decision Confirmed(ServicePointState point, ConfirmBench c, DateTimeOffset now)
    {
        if (IsReleased(point, c.Job, c.Epoch))
            return ServicePointRefusals.EpochStale(point, c.Job, c.Epoch);
        if (point.SlotOf(c.Job) is not { } held || held.Epoch != c.Epoch || held.HasLapsed(now))
            return ServicePointRefusals.ReservationGone(point, c.Job);
        return held.Status == BenchSlotStatus.Reserved ? new BenchConfirmed(c.Job, c.Epoch) : Decision.Nothing;
    }

    private static bool IsReleased(ServicePointState point, JobId job, Epoch epoch)
    {
        foreach (Technicians.ReleasedEpoch released in point.Released)
            if (released.Job == job)
                return epoch.Value <= released.UpTo.Value;
        return false;
    }
}
