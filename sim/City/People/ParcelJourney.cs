using System.Collections.Immutable;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.People;

/// <summary>
/// What becomes of a parcel with the city's courier: fetched within the hour, delivered on the same day one to three hours later; a few are late, and a few meet with something. Follows from the
/// waybill alone, so that a courier who starts again says the same. Pure.
/// </summary>
public static class ParcelJourney
{
    private const double Late = 0.03, Mishap = 0.03, NobodyIn = 0.04;

    /// <summary>Between these hours of the city's day couriers are out.</summary>
    public const double Begins = 8, Ends = 21.5;

    /// <summary>Every report there will be, in order.</summary>
    /// <param name="offset">Of the city's clock.</param>
    public static ImmutableArray<CarrierEvent> Of(CarrierParcel parcel, int seed, TimeSpan offset)
    {
        Random random = Chance.Of(seed, "parcel", parcel.Waybill);
        double luck = random.NextDouble();
        DateTimeOffset collected = Working(parcel.BookedAt.AddMinutes(15 + 45 * random.NextDouble()), offset, random);
        TimeSpan way = TimeSpan.FromMinutes(60 + 120 * random.NextDouble() + (luck < Late ? 180 : 0));
        DateTimeOffset loaded = Working(collected + 0.6 * way, offset, random), there = Working(collected + way, offset, random);
        List<CarrierEvent> events = [new(parcel.Waybill, "inTransit", collected, "Collected")];
        if (luck is >= Late and < Late + Mishap)
        {
            events.Add(new(parcel.Waybill, "exception", collected + 0.4 * way, "Label damaged, sorted by hand"));
            (loaded, there) = (Working(loaded.AddHours(2), offset, random), Working(there.AddHours(2), offset, random));
        }
        events.Add(new(parcel.Waybill, "outForDelivery", loaded, null));
        if (parcel.Direction == "return" && random.NextDouble() < NobodyIn)
        {
            events.Add(new(parcel.Waybill, "attemptFail", there, "Nobody in"));
            there = Working(there.AddMinutes(100), offset, random);
        }
        events.Add(new(parcel.Waybill, "delivered", there > loaded ? there : loaded.AddMinutes(10), null));
        return [.. events.Select(e => e with { At = new DateTimeOffset(e.At.UtcTicks - e.At.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero) })];
    }

    /// <summary>That moment, or one in the following morning where it lies in the night.</summary>
    private static DateTimeOffset Working(DateTimeOffset at, TimeSpan offset, Random random)
    {
        DateTimeOffset local = at.ToOffset(offset), midnight = new(local.Date, offset);
        double hour = (local - midnight).TotalHours;
        return hour < Begins ? midnight.AddHours(Begins + random.NextDouble()) : hour > Ends ? midnight.AddHours(24 + Begins + random.NextDouble()) : at;
    }
}
