using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching.Urgent;

/// <summary>One technician's planned day, as runs of stops, so that one more job is judged at every position in constant time each.</summary>
internal sealed class DayRuns
{
    private readonly ITravel travel;
    private readonly DateTimeOffset now;
    private readonly List<Place> places = [];
    private readonly List<Segment> stops = [];
    private readonly List<bool> floats = [];
    private readonly bool returns;
    private long[] legs = [];
    private Segment[] prefix = [];
    private Segment[] suffix = [];
    private int last;

    /// <param name="technician">Whose day it is.</param>
    /// <param name="stops">What is planned, in order: places, none for a break, and their windows and work, in ticks from <paramref name="now"/>.</param>
    /// <param name="now">The moment ticks are counted from.</param>
    /// <param name="travel">Travel between places, as at that moment.</param>
    public DayRuns(TechnicianSnapshot technician, IEnumerable<(Place? Place, Segment Stop)> stops, DateTimeOffset now, ITravel travel)
    {
        (this.travel, this.now, returns) = (travel, now, technician.ReturnsHome);
        long earliest = Math.Max(0, CompiledSnapshot.Ticks(Later(technician.FreeAt, technician.ShiftStart) - now));
        long end = CompiledSnapshot.Ticks(technician.ShiftEnd - now);
        places.Add(technician.Start);
        this.stops.Add(new Segment(0, earliest, technician.HasLeftHome ? earliest : Math.Max(earliest, end)));
        floats.Add(false);
        foreach ((Place? place, Segment stop) in stops)
        {
            places.Add(place ?? places[^1]);
            floats.Add(place is null);
            this.stops.Add(stop);
        }

        places.Add(technician.Home);
        floats.Add(false);
        this.stops.Add(new Segment(0, 0, end));
        Stands = Refresh();
    }

    /// <summary>False where the day as it is breaks a window: then nothing is put in.</summary>
    public bool Stands { get; private set; }

    /// <summary>South-west and north-east corner of all places of the day.</summary>
    public GeoBox Box { get; private set; }

    /// <summary>The longest leg, in ticks.</summary>
    public long LongestLeg { get; private set; }

    /// <summary>Ticks waited in all: so much of a detour may cost no time.</summary>
    public long Waiting { get; private set; }

    /// <summary>The cheapest position for a stop: the number of stops before it, and what it adds to duration and travel, in ticks; −1 where it fits nowhere.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="stop">Its window and work.</param>
    /// <param name="durationPrice">Per tick of duration.</param>
    /// <param name="travelPrice">Per tick of travel.</param>
    /// <param name="limit">Only what costs less counts.</param>
    public (int At, long Cost) Cheapest(Place place, in Segment stop, long durationPrice, long travelPrice, long limit)
    {
        (int At, long Cost) best = (-1, limit);
        long duration = prefix[last].JoinedDuration(legs[^1], stops[^1]);
        for (int at = 1; at < places.Count && prefix[at - 1].Done <= stop.Latest; at++)
        {
            long there = Leg(places[at - 1], place);
            if (there < 0 || !prefix[at - 1].TryJoin(there, stop, out Segment run))
                continue;
            int next = at;
            bool fits = true;
            Segment ended = run;
            for (; floats[next]; next++)
                fits = fits && run.TryJoin(0, stops[next], out run);
            long onward = next == places.Count - 1 && !returns ? 0 : Leg(place, places[next]);
            if (!fits || onward < 0)
                continue;
            long total = run.JoinedDuration(onward, suffix[next]);
            if (total == long.MaxValue)
                continue;
            // Breaks behind the last stop count for nothing; those that now come before it are nobody's cost.
            if (next == places.Count - 1)
                total = ended.JoinedDuration(onward, stops[^1]) - RestBetween(last, at);
            long cost = (durationPrice * (total - duration)) + (travelPrice * (there + onward - legs[next]));
            if (cost < best.Cost)
                best = (at - 1, cost);
        }

        return best;
    }

    /// <summary>Puts a stop in after so many others.</summary>
    public void Insert(Place place, in Segment stop, int at)
    {
        places.Insert(at + 1, place);
        stops.Insert(at + 1, stop);
        floats.Insert(at + 1, false);
        Stands = Refresh();
    }

    private bool Refresh()
    {
        int count = places.Count;
        if (prefix.Length != count)
            (legs, prefix, suffix) = (new long[count], new Segment[count], new Segment[count]);
        LongestLeg = 0;
        long travelled = 0;
        long served = 0;
        prefix[0] = stops[0];
        for (int i = 1; i < count; i++)
        {
            if (floats[i])
                places[i] = places[i - 1];
            legs[i] = floats[i] ? 0 : i == count - 1 && !returns ? 0 : Leg(places[i - 1], places[i]);
            if (legs[i] < 0 || !prefix[i - 1].TryJoin(legs[i], stops[i], out prefix[i]))
                return false;
            LongestLeg = Math.Max(LongestLeg, legs[i]);
            travelled += legs[i];
            served += stops[i].Duration;
        }

        RefreshSuffixes(count);
        Waiting = prefix[count - 1].Duration - travelled - served;
        Box = GeoBox.Around(places);
        return true;
    }

    /// <summary>Runs to the end behind the last stop with a place of its own, from where what is left of the breaks still fits.</summary>
    private void RefreshSuffixes(int count)
    {
        Segment rest = suffix[count - 1] = stops[count - 1];
        for (last = count - 2; floats[last]; last--)
            stops[last].TryJoin(legs[last + 1], rest, out rest);
        long home = legs[count - 1];
        Segment end = last == count - 2 ? rest : stops[count - 1] with { Latest = Math.Min(stops[count - 1].Latest, rest.Latest + home) };
        stops[last].TryJoin(home, end, out suffix[last]);
        for (int i = last - 1; i >= 0; i--)
            stops[i].TryJoin(legs[i + 1], suffix[i + 1], out suffix[i]);
    }

    private long RestBetween(int from, int until)
    {
        long rest = 0;
        for (int i = from + 1; i < until; i++)
            rest += stops[i].Duration;
        return rest;
    }

    private long Leg(Place from, Place to) => travel.Leg(from, to, now) is { IsReachable: true } leg ? leg.Milliseconds : -1;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
