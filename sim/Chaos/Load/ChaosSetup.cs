using System.Globalization;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>Enters a small town on an empty server: one zone, technicians, service points with few places and few parts, dispatchers, staff, a carrier.</summary>
public static class ChaosSetup
{
    public const string Manager = "manager", Carrier = "carrier";
    public const int Technicians = 14, Points = 3, Dispatchers = 2, PlacesADay = 2;
    private const double West = 120.9, East = 121.1, South = 30.9, North = 31.1;

    /// <summary>Parts on each shelf: too few for everybody who will want one.</summary>
    public static int PartsFor(int kills) => 6 + kills / 2;

    public static Place PlaceOf(int seed, string what) => new(
        Math.Round(West + 0.01 + (East - West - 0.02) * Chance.Share(seed, what, "lon"), 6), Math.Round(South + 0.01 + (North - South - 0.02) * Chance.Share(seed, what, "lat"), 6));

    public static string PointUser(string point) => "staff-" + point;

    public static async Task Enter(ChaosWorld world, int kills, CancellationToken cancellation)
    {
        Person manager = await world.SignIn(Manager, cancellation);
        Task<ApiResult<T>> Command<T>(string path, object body, string key) => manager.Patient.Command<T>(path, body, key, cancellation);
        Place[] ring = [new(West, South), new(East, South), new(East, North), new(West, North)];
        (await Command<Nothing>("v1/zones", new ZoneRequest("Chaos", ring, new DepotRequest("Depot", new Place(121, 31)), ChaosWorld.Zone), "zone")).Must("zone");
        string[] points = [.. Enumerable.Range(1, Points).Select(n => string.Create(CultureInfo.InvariantCulture, $"point_chaos{n}"))];
        foreach (string point in points)
        {
            (await Command<Nothing>("v1/points", new PointRequest(
                point, ChaosWorld.Zone, PlaceOf(world.Seed, point), [ChaosWorld.Zone], ["Sony"], [new("phone", 3)], [new("battery", PartsFor(kills)), new("screen", PartsFor(kills))],
                new OpeningHours("00:00", "23:59", "Asia/Shanghai"), [new SlotRequest("phone", PlacesADay)], point), "define-" + point)).Must(point);
            (await Command<Nothing>("v1/accounts", new AccountRequest(PointUser(point), ChaosWorld.Password, "point", point, point), "account-" + point)).Must("account of " + point);
            await world.SignIn(PointUser(point), cancellation);
        }
        foreach (AccountRequest account in Enumerable.Range(1, Dispatchers).Select(n => new AccountRequest($"desk{n}", ChaosWorld.Password, "dispatcher", $"Desk {n}")).Append(new(Carrier, ChaosWorld.Password, "carrier", "Carrier")))
        {
            (await Command<Nothing>("v1/accounts", account, "account-" + account.User)).Must("account of " + account.User);
            await world.SignIn(account.User, cancellation);
        }
        DateTimeOffset now = world.Time.GetUtcNow();
        List<Crew> crew = [];
        for (int n = 1; n <= Technicians; n++)
        {
            string user = string.Create(CultureInfo.InvariantCulture, $"tech{n}");
            string id = (await Command<Created>("v1/technicians", new TechnicianRequest(
                "Technician " + user, ChaosWorld.Zone, PlaceOf(world.Seed, user), new Period(now.AddHours(-1), now.AddHours(72)), [new("phone", 3), new("board", 3), new("software", 3)],
                ["heat_mat", "screwdrivers", "microscope"], [new("battery", 1000), new("screen", 1000), new("port", 1000)], new Credentials(user, ChaosWorld.Password)), "register-" + user)).Must(user).Id;
            Person person = await world.SignIn(user, cancellation);
            (await person.Patient.Command<Nothing>($"v1/technicians/{id}/duty", new DutyRequest(true), "duty-on", cancellation)).Must("duty of " + user);
            crew.Add(new Crew(id, person));
        }
        (world.Technicians, world.Points) = (crew, points);
    }

    /// <summary>Nobody is on duty any more, so that nothing new is offered.</summary>
    public static Task EndDuty(ChaosWorld world) =>
        Task.WhenAll(world.Technicians.Select(t => world.Find(t.Person.User).Patient.Command<Nothing>($"v1/technicians/{t.Id}/duty", new DutyRequest(false), "duty-off", world.Life)));
}
