using System.Collections.Concurrent;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.Setup;

/// <summary>
/// Enters what the city consists of, as a manager would: zones with their depots, service points, accounts, technicians. Looks first, so that doing it again completes what an
/// interruption left and changes nothing else.
/// </summary>
public sealed class CitySetup(ApiClient manager, CityPlan plan, CitySecret secret)
{
    private const int Together = 4;

    /// <summary>Who drives parcels, and who sits at the service desk.</summary>
    public const string Carrier = "courier", Desk = "desk";

    /// <summary>Accounts for whoever tries the demo: a dispatcher, and the staff of the first point.</summary>
    public const string VisitingDispatcher = "dispatcher", VisitingPoint = "point";

    /// <summary>Hours of the city's day between which service points work.</summary>
    public const double PointOpens = 8.5, PointCloses = 21;

    /// <summary>What the passwords of the sixteen visitors follow from: one for all, so that whoever tries the demo needs to copy only one.</summary>
    public const string Visitors = "visitors";

    /// <returns>Technicians by user name, as the server knew them.</returns>
    /// <param name="shift">What is registered as the technicians' working time; who works when within it is a matter of being on duty.</param>
    public async Task<IReadOnlyDictionary<string, EnteredTechnician>> Enter(Period shift, CancellationToken cancellation)
    {
        HashSet<string> zones = [.. (await manager.Get<ZoneList>("v1/zones", cancellation)).Must("zones").Items.Select(z => z.Id)];
        if (zones.Count > 0 && !plan.Zones.Any(z => zones.Contains(z.Id)))
            throw new CityRefusedException($"There are zones already ({string.Join(", ", zones.Take(4))}), and none of this city. Take an empty data folder, or the kind of city that was begun here.");
        foreach (ZonePlan zone in plan.Zones.Where(z => !zones.Contains(z.Id)))
            (await manager.Command<Nothing>("v1/zones", new ZoneRequest(zone.Name, zone.Territory, new DepotRequest(zone.DepotName, plan.Map.ToPlace(zone.Depot)), zone.Id), $"city-{zone.Id}", cancellation))
                .Must("zone " + zone.Name);
        HashSet<string> points = [.. (await manager.Get<PointList>("v1/points", cancellation)).Must("points").Items.Select(p => p.Id)];
        foreach (PointPlan point in plan.Points.Where(p => !points.Contains(p.Id)))
            (await manager.Command<Nothing>("v1/points", RequestOf(point), $"city-{point.Id}", cancellation)).Must("point " + point.Name);
        foreach (AccountRequest account in Accounts())
            (await manager.Command<Nothing>("v1/accounts", account, $"city-account-{account.User}", cancellation)).Must("account " + account.User);
        Dictionary<string, EnteredTechnician> known = await Technicians(cancellation);
        ConcurrentDictionary<string, EnteredTechnician> entered = new(StringComparer.Ordinal);
        await Parallel.ForEachAsync(plan.Technicians, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellation }, async (technician, stop) =>
            entered[technician.User] = known.GetValueOrDefault(technician.Name)
                ?? new((await manager.Command<Created>("v1/technicians", RequestOf(technician, shift), $"city-technician-{technician.User}", stop)).Must("technician " + technician.User).Id, false));
        return entered;
    }

    /// <summary>By name, which the plan gives to one only.</summary>
    private async Task<Dictionary<string, EnteredTechnician>> Technicians(CancellationToken cancellation)
    {
        Dictionary<string, EnteredTechnician> found = new(StringComparer.Ordinal);
        string? after = null;
        do
        {
            TechnicianList page = (await manager.Get<TechnicianList>("v1/technicians?limit=500" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), cancellation)).Must("technicians");
            foreach (TechnicianView t in page.Items)
                found[t.Name ?? ""] = new EnteredTechnician(t.Id, t.OnDuty);
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    /// <summary>A name that exists already with another role is somebody else's, and refused; the same account again changes nothing.</summary>
    private IEnumerable<AccountRequest> Accounts()
    {
        AccountRequest Of(string user, string role, string name, string? point = null) => new(user, secret.PasswordOf(user), role, name, point);
        yield return Of(VisitingDispatcher, "dispatcher", "Duty dispatcher");
        yield return Of(VisitingPoint, "point", plan.Points[0].Name, plan.Points[0].Id);
        yield return Of(Desk, "dispatcher", "Service desk");
        yield return Of(Carrier, "carrier", "City couriers");
        foreach (PointPlan point in plan.Points)
            yield return Of(point.User, "point", point.Name, point.Id);
    }

    private PointRequest RequestOf(PointPlan p) => new(
        // Any point takes parcels from anywhere: the city is small, and the planner weighs the way.
        p.Name, p.Zone, plan.Map.ToPlace(p.Address.At), [.. plan.Zones.Select(z => z.Id)], p.Brands, p.Skills, p.Stock,
        new OpeningHours(Clock(PointOpens), Clock(PointCloses), CityPlan.TimeZone), [.. p.Slots.Select(s => new SlotRequest(s.Category, s.PerDay))], p.Id);

    private static string Clock(double hour) => TimeSpan.FromHours(hour).ToString("hh':'mm", System.Globalization.CultureInfo.InvariantCulture);

    private TechnicianRequest RequestOf(TechnicianPlan t, Period shift) =>
        new(t.Name, t.Zone, plan.Map.ToPlace(t.Home), shift, t.Skills, t.Tools, t.Stock, new Credentials(t.User, secret.PasswordOf(t.Engagement == Engagement.Visitor ? Visitors : t.User)));
}

/// <param name="OnDuty">When the city woke up.</param>
public sealed record EnteredTechnician(string Id, bool OnDuty);
