using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Phones;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.People;

/// <summary>
/// The city as one technician gets to know it in one shift: the depot (0), home (1), and each job as it is offered. Ways go along roads and take as long as traffic at the hour
/// of departure lets them.
/// </summary>
public sealed class TechnicianMap : IPhoneMap
{
    public const int Depot = 0, Home = 1;

    /// <summary>Seconds: getting going, parking, finding the door.</summary>
    private const double PerWay = 60;

    /// <summary>So much later than promised a technician would still come, and so much later than usual go home.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30), Overtime = TimeSpan.FromMinutes(45);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly record struct Node(PlanePoint At, RoadSpot Spot, DayTime Opens, DayTime Closes, double Service);

    private readonly ConcurrentDictionary<(int, int), RoadRoute> routes = new();
    private readonly Dictionary<(string Job, DateTimeOffset Opens), int> jobs = [];
    private readonly Lock gate = new();
    private readonly CityMap city;
    private readonly DayClock day;
    private readonly int seed;
    private Node[] nodes;

    /// <param name="day">Counts from midnight by the city's clock.</param>
    public TechnicianMap(CityPlan plan, TechnicianPlan technician, DayClock day, Period shift)
    {
        (city, this.day, seed) = (plan.Map, day, plan.Seed);
        PlanePoint depot = plan.Zones.First(z => z.Id == technician.Zone).Depot;
        DayTime from = day.ToDay(shift.From), to = day.ToDay(shift.To + Overtime);
        nodes = [At(depot, new DayTime(double.NegativeInfinity), new DayTime(double.PositiveInfinity), 0), At(technician.Home, from, to, 0)];
    }

    PlanePoint IPhoneMap.At(int node) => nodes[node].At;

    DayTime IPhoneMap.Opens(int node) => nodes[node].Opens;

    DayTime IPhoneMap.Closes(int node) => nodes[node].Closes;

    double IPhoneMap.Service(int node) => nodes[node].Service;

    double IPhoneMap.Travel(int from, int to, DayTime depart) => from == to ? 0 : PerWay + RouteOf(from, to).Seconds(HourOf(depart));

    PlanePoint IPhoneMap.Between(int from, int to, double part) => from == to ? nodes[to].At : RouteOf(from, to).At(part);

    /// <summary>The number of a job as it is offered now; another one where its window has changed since.</summary>
    public int NodeOf(JobView job, DateTimeOffset now)
    {
        Period window = (job.Windows ?? []).Where(w => w.To > now).OrderBy(w => w.From).FirstOrDefault() ?? (job.Windows ?? []).LastOrDefault() ?? new Period(now, now);
        lock (gate)
        {
            if (jobs.TryGetValue((job.Id, window.From), out int known))
                return known;
            // How long it takes in truth: mostly a little less than reckoned, sometimes much longer.
            double share = Chance.Share(seed, "service", job.Id), service = job.ServiceSeconds * (0.65 + 0.5 * share + 0.6 * Math.Pow(share, 6));
            return jobs[(job.Id, window.From)] = Add(At(city.Base.Plane.ToPlane(job.Place!), day.ToDay(window.From), day.ToDay(window.To + Late), service));
        }
    }

    public int NodeOf(Place place)
    {
        lock (gate)
            return Add(At(city.Base.Plane.ToPlane(place), new DayTime(double.NegativeInfinity), new DayTime(double.PositiveInfinity), 0));
    }

    public static JobView? Read(JsonElement view) => view.Deserialize<JobView>(Json);

    private int Add(Node node)
    {
        nodes = [.. nodes, node];
        return nodes.Length - 1;
    }

    private Node At(PlanePoint at, DayTime opens, DayTime closes, double service) => new(at, city.Roads.Snap(at), opens, closes, service);

    private RoadRoute RouteOf(int from, int to) => routes.GetOrAdd((from, to), pair => city.Roads.Route(nodes[pair.Item1].Spot, nodes[pair.Item2].Spot));

    private static double HourOf(DayTime time) => double.IsFinite(time.Units) ? (time.Units / 3600 % 24 + 24) % 24 : 12;
}
