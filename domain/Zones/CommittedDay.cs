using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Zones;

/// <summary>
/// Where and when a technician is next free once everything promised, ordered and under way is done: the start of anything a planner may add.
/// </summary>
public static class CommittedDay
{
    private readonly record struct Stop(DateTimeOffset PlannedDepart, DateTimeOffset? Departed, DateTimeOffset? Began, Place Place, DateTimeOffset Opens, TimeSpan Service);

    /// <summary>
    /// Follows the committed stops in planned order. What has begun counts from when it began; what has not sets off when planned, never before the
    /// technician is free. Unreachable legs count as no travel here: the stop was committed, and the technician will say so.
    /// </summary>
    public static TechnicianSnapshot Fold(TechnicianState t, DateTimeOffset now, ITravel travel)
    {
        Place place = t.Place;
        DateTimeOffset free = Later(t.FreeSince, t.Profile.Shift.From);
        ImmutableArray<Stop> stops = StopsOf(t, now);
        foreach (Stop stop in stops)
        {
            DateTimeOffset begins;
            if (stop.Began is { } began)
            {
                begins = began;
            }
            else
            {
                DateTimeOffset departs = stop.Departed ?? Later(Later(free, stop.PlannedDepart), now);
                TravelLeg leg = travel.Leg(place, stop.Place, departs);
                begins = departs + (leg.IsReachable ? leg.Duration : TimeSpan.Zero);
            }
            free = Later(Later(begins, stop.Opens) + stop.Service, stop.Departed is null && stop.Began is null ? free : now);
            place = stop.Place;
        }
        return new TechnicianSnapshot
        {
            Id = t.Id,
            Home = t.Profile.Home,
            Start = place,
            FreeAt = free,
            HasLeftHome = t.HasLeftHome || stops.Length > 0,
            ShiftStart = t.Profile.Shift.From,
            ShiftEnd = t.Profile.Shift.To,
            Skills = t.Profile.Skills.ToImmutableSortedDictionary(s => s.Code, s => s.Level, StringComparer.Ordinal),
            Tools = t.Profile.Tools.ToImmutableSortedSet(StringComparer.Ordinal),
            Stock = StockLeft(t, now),
            DepotVisited = t.DepotVisited || t.DepotCall is not null,
            MaxJobs = t.Profile.MaxJobs is { } most ? Math.Max(0, most - t.JobsDone - t.Commitments.Count(c => !c.HasLapsed(now))) : null,
            Employment = t.Profile.Employment,
            // People write brands as they please.
            Authorisations = t.Profile.Authorisations?.ToImmutableSortedDictionary(a => a.Brand, a => a.Until, StringComparer.OrdinalIgnoreCase),
        };
    }

    private static ImmutableArray<Stop> StopsOf(TechnicianState t, DateTimeOffset now)
    {
        IEnumerable<Stop> stops = t.Commitments
            .Where(c => !c.HasLapsed(now))
            .Select(c => new Stop(
                c.Visit.DepartAt,
                c.Status == CommitmentStatus.EnRoute ? c.Since : null,
                c.Status == CommitmentStatus.OnSite ? c.Since : null,
                c.Place, c.WindowOpens, c.Service));
        if (t.DepotCall is { } call)
            stops = stops.Append(new Stop(call.DepartAt, call.Since, null, call.Place, DateTimeOffset.MinValue, TimeSpan.Zero));
        // What is under way comes first whatever was planned.
        return [.. stops.OrderBy(s => s.Departed is null && s.Began is null).ThenBy(s => s.PlannedDepart)];
    }

    private static ImmutableSortedDictionary<string, int> StockLeft(TechnicianState t, DateTimeOffset now)
    {
        ImmutableSortedDictionary<string, int>.Builder left = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (PartQuantity line in t.Stock)
            left[line.Code] = left.GetValueOrDefault(line.Code) + line.Quantity;
        foreach (Commitment commitment in t.Commitments)
            if (!commitment.HasLapsed(now))
                foreach (PartQuantity part in commitment.Parts)
                    left[part.Code] = Math.Max(0, left.GetValueOrDefault(part.Code) - part.Quantity);
        return left.ToImmutable();
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
