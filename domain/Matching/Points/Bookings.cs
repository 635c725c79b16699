using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>Places and parts given away in one matching, beside what the points' ledgers know.</summary>
internal sealed class Bookings
{
    private readonly Dictionary<(ServicePointId, DateOnly, string), int> places = [];
    private readonly Dictionary<(ServicePointId, string), int> parts = [];

    public int Places(ServicePointId point, DateOnly day, string category) => places.GetValueOrDefault((point, day, category));

    public int Parts(ServicePointId point, string part) => parts.GetValueOrDefault((point, part));

    /// <summary>Notes what the job takes from others: what it holds at the point already is nobody else's anyway.</summary>
    public void Add(BenchOption option, MailInJob job, PointView view) => Count(option, job, view, 1);

    public void Remove(BenchOption option, MailInJob job, PointView view) => Count(option, job, view, -1);

    private void Count(BenchOption option, MailInJob job, PointView view, int by)
    {
        if (!view.Holds(job, option.Day))
            places[(option.Point, option.Day, job.Bench)] = Places(option.Point, option.Day, job.Bench) + by;
        foreach ((string part, int units) in view.Demand(job))
            parts[(option.Point, part)] = Parts(option.Point, part) + (by * units);
    }
}
