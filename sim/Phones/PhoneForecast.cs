using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>What will come of the stops a phone has ahead, if nothing else happens. Pure.</summary>
public static class PhoneForecast
{
    /// <summary>Time units; half of what the benchmark's checker allows, so that what passes here passes there.</summary>
    public const double Tolerance = 5e-7;

    public const string CannotMakeWindow = "cannot_make_window", NoTime = "no_time";

    /// <summary>
    /// Null if the offered stop can be made together with what is promised already, else the code to decline with: its own window is out of reach, or another
    /// stop's or the end of the shift would be broken by it. What is late even without it does not count against it.
    /// </summary>
    public static string? Objection(PhoneState phone, Stop offered)
    {
        Outcome with = Follow(phone, Insert(phone.Ahead, offered));
        if (with.Late.Contains(offered.Id))
            return CannotMakeWindow;
        if (with.Late.IsEmpty && !with.HomeLate)
            return null;
        Outcome without = Follow(phone, phone.Ahead);
        return with.Late.Except(without.Late).Any() || (with.HomeLate && !without.HomeLate) ? NoTime : null;
    }

    /// <summary>In planned order of departure; ties by id, so that the order never depends on that of arrival.</summary>
    public static ImmutableArray<Stop> Insert(ImmutableArray<Stop> ahead, Stop stop)
    {
        int at = 0;
        while (at < ahead.Length && (ahead[at].Planned < stop.Planned || (ahead[at].Planned == stop.Planned && ahead[at].Id.CompareTo(stop.Id) < 0)))
            at++;
        return ahead.Insert(at, stop);
    }

    /// <summary>The stop as it goes for somebody who is free at a node from a moment on and may not set off before <paramref name="earliest"/>.</summary>
    public static Leg LegTo(IPhoneMap map, Stop stop, int from, DayTime free, DayTime earliest)
    {
        DayTime depart = DayTime.Later(DayTime.Later(stop.Planned, free), DayTime.Later(stop.Known, earliest));
        DayTime arrive = depart + map.Travel(from, stop.Node, depart);
        DayTime start = DayTime.Later(arrive, map.Opens(stop.Node));
        return new Leg(stop, from, free, depart, arrive, start, start + (stop.Id.IsDepot ? 0 : map.Service(stop.Node)));
    }

    private static Outcome Follow(PhoneState phone, ImmutableArray<Stop> ahead)
    {
        (int place, DayTime free) = phone.Leg is { } leg ? (leg.Stop.Node, leg.Finish) : (phone.Place, phone.FreeAt);
        DayTime earliest = ahead.IsEmpty || ahead[0] != phone.Next ? new DayTime(double.NegativeInfinity) : phone.NextSince;
        ImmutableHashSet<StopId>.Builder late = ImmutableHashSet.CreateBuilder<StopId>();
        foreach (Stop stop in ahead)
        {
            Leg way = LegTo(phone.Map, stop, place, free, earliest);
            if (way.Start > phone.Map.Closes(stop.Node) + Tolerance)
                late.Add(stop.Id);
            (place, free, earliest) = (stop.Node, way.Finish, new DayTime(double.NegativeInfinity));
        }
        DayTime home = free + phone.Map.Travel(place, phone.Home, free);
        return new Outcome(late.ToImmutable(), home > phone.Map.Closes(phone.Home) + Tolerance);
    }

    private readonly record struct Outcome(ImmutableHashSet<StopId> Late, bool HomeLate);
}
