using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>Places of a zone on a plane of degrees, longitude shortened as at the zone's middle: good enough to say what lies near what.</summary>
internal sealed class PlaneMap
{
    private readonly (double X, double Y)[] starts;
    private readonly (double X, double Y)[] jobs;

    public PlaneMap(PlanningSnapshot zone)
    {
        double middle = zone.Jobs.IsEmpty ? 0 : zone.Jobs.Average(job => job.Place.Lat);
        double shorter = Math.Cos(Earth.Radians(middle));
        double first = zone.Jobs.Select(job => job.Place.Lon).Concat(zone.Technicians.Select(technician => technician.Start.Lon)).FirstOrDefault();
        starts = [.. zone.Technicians.Select(technician => On(technician.Start))];
        jobs = [.. zone.Jobs.Select(job => On(job.Place))];

        (double X, double Y) On(Place place) => (Earth.Beside(place.Lon, first) * shorter, place.Lat);
    }

    public (double X, double Y) Start(int technician) => starts[technician];

    public (double X, double Y) Job(int job) => jobs[job];

    public static double Square((double X, double Y) a, (double X, double Y) b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));
}
