using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>
/// A route somebody might drive, with the job in question among its stops, timed as early as possible. What constraints are asked about.
/// </summary>
/// <param name="Technician">Who would drive.</param>
/// <param name="Job">The job in question.</param>
/// <param name="Stops">All stops in order.</param>
/// <param name="EndAt">Back home, or last finish where the technician does not return.</param>
/// <param name="HomeReachable">Whether there is a way home from the last stop; true where the technician does not return.</param>
public sealed record RouteCandidate(
    TechnicianSnapshot Technician,
    JobSnapshot Job,
    ImmutableArray<CandidateStop> Stops,
    DateTimeOffset EndAt,
    bool HomeReachable)
{
    /// <summary>When the last stop is done; when the technician is free where there is none.</summary>
    public DateTimeOffset DoneAt { get; init; }

    /// <summary>The last moment that is planned.</summary>
    public DateTimeOffset Horizon { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Breaks the technician has to keep that are not among the stops.</summary>
    public IEnumerable<BreakSnapshot> MissingBreaks => Technician.Breaks.IsDefaultOrEmpty ? [] : RouteStop.Missing(Technician, Stops.Select(stop => stop.Break));

    /// <summary>The jobs among the stops, in order.</summary>
    public IEnumerable<JobSnapshot> Jobs => Stops.Where(stop => stop.Job is not null).Select(stop => stop.Job!);

    /// <summary>
    /// Times the stops by plain forward simulation: set off when free, start on arrival or when the first window still open opens.
    /// A stop that comes too late starts on arrival, so that constraints can say by how much.
    /// </summary>
    public static RouteCandidate Time(
        TechnicianSnapshot technician, JobSnapshot job, IEnumerable<RouteStop> order, DateTimeOffset now, ITravel travel)
    {
        var time = Later(now, Later(technician.FreeAt, technician.ShiftStart));
        var here = technician.Start;
        var stops = ImmutableArray.CreateBuilder<CandidateStop>();
        foreach (var (stopJob, depot, pause) in order)
        {
            if (pause is not null)
            {
                var begins = Later(time, pause.Window.From);
                stops.Add(new CandidateStop(null, null, true, time, begins, begins + pause.Length, pause));
                time = begins + pause.Length;
                continue;
            }

            var place = stopJob?.Place ?? depot!.Place;
            var leg = travel.Leg(here, place, time);
            var arrive = leg.IsReachable ? time + leg.Duration : time;
            var start = stopJob is null ? StartAtDepot(depot!, arrive) : StartAtJob(stopJob, arrive);
            time = start + (stopJob?.Service ?? depot!.Handling);
            stops.Add(new CandidateStop(stopJob, depot, leg.IsReachable, arrive, start, time));
            here = place;
        }

        var home = technician.ReturnsHome ? travel.Leg(here, technician.Home, time) : new TravelLeg(0, 0);
        return new RouteCandidate(technician, job, stops.ToImmutable(), home.IsReachable ? time + home.Duration : time, home.IsReachable)
        {
            DoneAt = time,
            Horizon = now + TimeSpan.FromMilliseconds(RoutingProblem.MaxHorizon),
        };
    }

    private static DateTimeOffset StartAtJob(JobSnapshot job, DateTimeOffset arrive)
    {
        DateTimeOffset? best = null;
        foreach (var window in job.Openings)
        {
            if (window.To >= arrive && (best is null || Later(arrive, window.From) < best))
            {
                best = Later(arrive, window.From);
            }
        }

        return best ?? arrive;
    }

    private static DateTimeOffset StartAtDepot(DepotSnapshot depot, DateTimeOffset arrive) =>
        depot.Open is { } open && open.To >= arrive ? Later(arrive, open.From) : arrive;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <param name="Job">The job, or null elsewhere.</param>
/// <param name="Depot">The depot, or null elsewhere.</param>
/// <param name="Reachable">Whether there is a way from the stop before.</param>
/// <param name="ArriveAt">Arrival; the moment of departure where there is no way.</param>
/// <param name="StartAt">Begin of work.</param>
/// <param name="FinishAt">End of work.</param>
/// <param name="Break">The break, or null at a job or a depot.</param>
public sealed record CandidateStop(
    JobSnapshot? Job, DepotSnapshot? Depot, bool Reachable, DateTimeOffset ArriveAt, DateTimeOffset StartAt, DateTimeOffset FinishAt, BreakSnapshot? Break = null);
