using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Which breaks a plan has to keep: those that a technician without any work could take, one after the other in the order of their windows.</summary>
internal static class DueBreaks
{
    /// <summary>The snapshot, normal, with the breaks that are due, in order.</summary>
    public static PlanningSnapshot Apply(PlanningSnapshot snapshot, ITravel travel) => snapshot.Technicians.All(technician => technician.Breaks.IsEmpty)
        ? snapshot
        : snapshot with { Technicians = [.. snapshot.Technicians.Select(technician => technician with { Breaks = Of(technician, snapshot.Now, travel) })] };

    private static ImmutableArray<BreakSnapshot> Of(TechnicianSnapshot technician, DateTimeOffset now, ITravel travel)
    {
        TravelLeg home = technician.ReturnsHome ? travel.Leg(technician.Start, technician.Home, now) : new TravelLeg(0, 0);
        if (!home.IsReachable)
            return [];
        DateTimeOffset horizon = now + TimeSpan.FromMilliseconds(RoutingProblem.MaxHorizon);
        DateTimeOffset end = (technician.LastEnd < horizon ? technician.LastEnd : horizon) - home.Duration;
        DateTimeOffset time = new[] { now, technician.FreeAt, technician.ShiftStart }.Max();
        List<BreakSnapshot> due = [];
        foreach (BreakSnapshot pause in technician.Breaks.OrderBy(pause => pause.Window.From).ThenBy(pause => pause.Window.To).ThenBy(pause => pause.Length))
        {
            DateTimeOffset begins = time > pause.Window.From ? time : pause.Window.From;
            if (begins > pause.Window.To || begins + pause.Length > end)
                continue;
            due.Add(pause);
            time = begins + pause.Length;
        }

        return [.. due];
    }
}
