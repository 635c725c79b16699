using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;
using Dispatch.Sim.Replay.Instances;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.Replay.Day;

/// <summary>What the manager enters before the day: a zone around the plane, its depot, and the technicians.</summary>
public sealed class DaySetup(ApiClient manager, TrspInstance instance, string run)
{
    private const double Margin = 5;

    /// <summary>Refuses, in words that say what to do, a server whose day would not be comparable.</summary>
    public static Place RequireReplayMode(ClockReply clock, double? speed)
    {
        if (clock.Travel != "planar" || clock.Origin is not { } origin)
            throw new ReplayRefusedException(
                $"The server measures travel by '{clock.Travel}'; a replay needs the plane of the instance. Start it with --travel planar, or leave out --url.");
        if (clock.MetresPerSecond is not 1)
            throw new ReplayRefusedException($"The server drives {clock.MetresPerSecond} m/s on its plane; a replay needs 1 (Dispatch:Travel:MetresPerSecond).");
        if (speed is { } wanted && Math.Abs(wanted - clock.Speed) > 1e-9)
            throw new ReplayRefusedException($"The server's clock runs {clock.Speed} times as fast, not {wanted}. A running clock cannot be changed: leave out --speed.");
        return origin;
    }

    /// <summary>Where to put the plane so that no other territory claims a request.</summary>
    public async Task<Plane> FindRoom(Place origin, CancellationToken cancellation)
    {
        ZoneList zones = (await manager.Get<ZoneList>("v1/zones", cancellation)).Must("zones");
        return new Plane(origin).Beside(zones.Items.Select(z => z.Territory), instance, Margin);
    }

    public async Task<string> CreateZone(Plane plane, CancellationToken cancellation)
    {
        ZoneRequest request = new($"Replay {instance.Name} {run}", plane.Around(instance, Margin), new DepotRequest("Depot", plane.ToPlace(instance.Depot.At)));
        return (await manager.Command<Created>("v1/zones", request, run + "-zone", cancellation)).Must("zone").Id;
    }

    public Credentials SignInOf(TrspNode technician) => new($"{run}-t{technician.Number:00}", $"{run}-{technician.Number:00}-replay");

    public async Task<string> Register(TrspNode t, string zone, Plane plane, DayClock day, CancellationToken cancellation)
    {
        TechnicianRequest request = new(
            $"Technician {t.Number}", zone, plane.ToPlace(t.At), new Period(day.ToServer(t.Opens), day.ToServer(t.Closes)),
            [.. t.Skills.Select(s => new SkillLevel($"s{s}", 1))], [.. t.Tools.Select(x => $"t{x}")], PartsOf(t), SignInOf(t));
        return (await manager.Command<Created>("v1/technicians", request, $"{run}-technician-{t.Number}", cancellation)).Must($"technician {t.Number}").Id;
    }

    /// <summary>Files one request, as the service desk would for a customer who called. The directory then knows its job.</summary>
    public async Task File(TrspNode r, Plane plane, DayClock day, JobDirectory jobs, CancellationToken cancellation)
    {
        JobRequest request = new(
            "other", plane.ToPlace(r.At), new Contact($"Customer {r.Number}", "+10000000000"), $"Request {r.Number} of {instance.Name}",
            new Period(day.ToServer(r.Opens), day.ToServer(r.Closes)),
            new Needs([.. r.Skills.Select(s => new SkillLevel($"s{s}", 1))], [.. r.Tools.Select(x => $"t{x}")], PartsOf(r), (int)Math.Ceiling(r.Service)));
        JobReply reply = (await manager.Command<JobReply>("v1/jobs", request, $"{run}-request-{r.Number}", cancellation)).Must($"request {r.Number}");
        jobs.Add(reply.Id, r.Number);
    }

    private static IReadOnlyList<PartQuantity> PartsOf(TrspNode node) => [.. node.Parts.Select((units, p) => new PartQuantity($"p{p}", units)).Where(p => p.Quantity > 0)];

    /// <summary>
    /// How much real time the preparations need: fifty checks of a password (each technician's is set once and given once) and a hundred and fifty light calls, at what they were
    /// measured to take one after the other, though some go side by side; and time for the planner to look at the whole day.
    /// </summary>
    public static TimeSpan LeadFor(TimeSpan signIn, TimeSpan call, TrspInstance instance)
    {
        TimeSpan work = signIn * (2 * instance.Technicians.Length) + call * (2 * instance.Technicians.Length + instance.Requests.Length);
        return TimeSpan.FromSeconds(Math.Clamp(work.TotalSeconds, 5, 120)) + PlanningTime;
    }

    private static readonly TimeSpan PlanningTime = TimeSpan.FromSeconds(10);
}
