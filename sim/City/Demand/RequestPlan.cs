using System.Collections.Immutable;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.Demand;

/// <summary>Who asks: somebody at home, somebody who lives by the device, or a company.</summary>
public enum Segment { Consumer, Professional, Enterprise }

/// <summary>What a customer does about a request besides waiting.</summary>
public enum ChangeOfMind { None, Reschedule, Cancel }

/// <param name="Key">Names the request for good: filing it twice is filing it once.</param>
/// <param name="Window">When work may begin at the door; null for a device that is mailed in.</param>
/// <param name="ThinksFor">Server time from filing to a change of mind.</param>
public sealed record RequestPlan(
    string Key, DateTimeOffset At, Segment Segment, bool MailIn, string Category, Device Device, Address Address, Contact Contact, string Symptom, Period? Window,
    ChangeOfMind Change, TimeSpan ThinksFor);

/// <summary>What is asked for on each day. Follows from the seed and the date alone.</summary>
public sealed class RequestSchedule(CityPlan plan, ImmutableArray<string> brands)
{
    /// <summary>Requests on a usual day: what two hundred technicians and twelve points can do with some to spare.</summary>
    public const int PerDay = 1500;

    /// <summary>Share of devices that are mailed in.</summary>
    public const double MailInShare = 0.35;

    /// <summary>Begins every serial number here; what the city's own customers brought in is known by it.</summary>
    public const string SerialMark = "CITY-";

    private static readonly (string Category, string Device, double Weight, double MailIn)[] Faults =
    [
        ("screen", "phone", 0.24, 0.25), ("battery", "phone", 0.17, 0.2), ("port", "phone", 0.11, 0.25), ("camera_module", "phone", 0.08, 0.35), ("board", "phone", 0.07, 0.75),
        ("water_damage", "phone", 0.07, 0.7), ("software", "phone", 0.09, 0.2), ("lens", "camera", 0.05, 0.6), ("sensor", "camera", 0.04, 0.6), ("shutter", "camera", 0.04, 0.7), ("camera_software", "camera", 0.04, 0.3),
    ];

    private static readonly HashSet<string> CameraBrands = ["Canon", "Fujifilm", "Leica", "Nikon", "Panasonic", "Ricoh", "Sony"];

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["screen"] = ["Fell on the stairs, glass broken", "Half of the screen is black", "Lines across the screen"],
        ["battery"] = ["Empty by noon", "The back is bulging", "Turns itself off at 30 %"],
        ["port"] = ["Charges only at an angle", "Cable falls out", "Does not charge any more"],
        ["camera_module"] = ["Pictures are blurred", "Camera stays black"],
        ["board"] = ["Does not start any more", "Restarts again and again"],
        ["water_damage"] = ["Fell into the sink", "Caught in the rain"],
        ["software"] = ["Hangs after the update", "Photos have to be saved first"],
        ["lens"] = ["Lens does not come out", "Deep scratch on the front lens"],
        ["sensor"] = ["Spots in every picture", "A coloured line from top to bottom"],
        ["shutter"] = ["Does not release", "Every second picture is black"],
        ["camera_software"] = ["Does not find the card", "Menu in a language nobody reads"],
    };

    private readonly Lazy<ImmutableArray<Address>> offices = new(() => [.. Enumerable.Range(0, 40).Select(i => plan.Map.Gazetteer.AnyIn(i % 2 == 0 ? "Science Park" : "Old Town", Chance.Of(plan.Seed, "office", i)))]);

    /// <summary>Every request of that day, in order.</summary>
    /// <param name="midnight">The beginning of the day by the city's clock.</param>
    public ImmutableArray<RequestPlan> DayOf(DateTimeOffset midnight)
    {
        int day = DateOnly.FromDateTime(midnight.DateTime).DayNumber;
        int count = (int)(PerDay * (0.92 + 0.16 * Chance.Share(plan.Seed, "busy", day)));
        return [.. Enumerable.Range(0, count).Select(n => Request(midnight, n)).OrderBy(r => r.At).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    /// <summary>One request of that day; they are numbered from 0, not in order of time.</summary>
    public RequestPlan Request(DateTimeOffset midnight, int n)
    {
        int day = DateOnly.FromDateTime(midnight.DateTime).DayNumber;
        Random random = Chance.Of(plan.Seed, "request", day, n);
        DateTimeOffset at = midnight + DemandCurve.TimeAt(random.NextDouble());
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        Segment segment = random.NextDouble() switch { < 0.7 => Segment.Consumer, < 0.9 => Segment.Professional, _ => Segment.Enterprise };
        (string category, string device, _, double mailed) = PickFault(random.NextDouble());
        bool mailIn = random.NextDouble() < mailed * (segment == Segment.Enterprise ? 0.6 : 1);
        string[] makers = [.. brands.Where(b => device == "camera" ? CameraBrands.Contains(b) : !CameraBrands.Contains(b) || b == "Sony")];
        string brand = makers.Length > 0 ? random.Pick(makers) : brands[0];
        Address address = segment == Segment.Enterprise ? random.Pick(offices.Value) : plan.Map.Gazetteer.Any(random);
        // A few numbers are dead, as in life; messages to those fail.
        string phone = $"+86139{(random.NextDouble() < 0.02 ? $"{random.Next(10_000):0000}0000" : $"{random.Next(100_000_000):00000000}")}";
        Contact contact = new(Names.Any(random), phone, random.NextDouble() switch { < 0.6 => "zh-Hans", < 0.8 => "zh-Hant", _ => "en" });
        string key = $"city-{plan.Seed}-{day}-{n}";
        Period? window = mailIn ? null : WindowFor(segment, midnight, at, random);
        ChangeOfMind change = random.NextDouble() switch { < 0.025 => ChangeOfMind.Cancel, < 0.065 => ChangeOfMind.Reschedule, _ => ChangeOfMind.None };
        return new RequestPlan(
            key, at, segment, mailIn, category, new Device(brand, ModelOf(brand, random), $"{SerialMark}{plan.Seed}-{day}-{n}"), address, contact, random.Pick(Words[category]), window,
            mailIn && change == ChangeOfMind.Reschedule ? ChangeOfMind.None : change, TimeSpan.FromMinutes(2 + 25 * random.NextDouble()));
    }

    private static (string Category, string Device, double Weight, double MailIn) PickFault(double share)
    {
        foreach (var fault in Faults)
            if ((share -= fault.Weight) < 0)
                return fault;
        return Faults[0];
    }

    private static string ModelOf(string brand, Random random) => CameraBrands.Contains(brand) && brand != "Sony" ? $"{brand[0]}{random.Next(1, 9)}00" : $"{random.Pick(["X", "Pro ", "Note ", "Reno ", "Air "])}{random.Next(10, 18)}";

    /// <summary>When somebody should come: at once in the daytime, in a slot that suits, or on the next day.</summary>
    private static Period WindowFor(Segment segment, DateTimeOffset midnight, DateTimeOffset at, Random random)
    {
        double hour = (at - midnight).TotalHours, choice = random.NextDouble();
        (double From, double To) = segment switch
        {
            _ when hour < 8 => (8.5, choice < 0.8 ? 12 : 13.5),
            Segment.Professional when hour < 18 && choice < 0.85 => (hour, hour + 3),
            Segment.Enterprise when hour < 13 => (hour, 18),
            Segment.Enterprise => (24 + 9, 24 + 13),
            _ when hour < 17.5 && choice < 0.6 => (hour, hour + 3.5),
            _ when hour < 11.5 && choice < 0.85 => (13.5, 17.5),
            _ when hour < 19 && choice < 0.9 => (Math.Max(hour, 17.5), 21.5),
            _ => (24 + 8.5, 24 + 12.5),
        };
        return new Period(midnight + Whole(From), midnight + Whole(To));
    }

    private static TimeSpan Whole(double hours) => TimeSpan.FromSeconds(Math.Floor(hours * 3600));
}
