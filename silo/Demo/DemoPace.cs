using System.Globalization;
using Dispatch.Silo.Hosting;

namespace Dispatch.Silo.Demo;

/// <summary>
/// How fast a living demo goes, and what must be set differently because of it. What people and planners are given is business time; on a fast clock it must last longer, because neither
/// goes any faster. Everything here gives way to what is set explicitly.
/// </summary>
public static class DemoPace
{
    /// <summary>
    /// Server seconds per second. At twenty a way across town takes about a minute, so that marks visibly drive and do not jump; a repair two minutes; and a working day fits into half
    /// an hour. Slower, a visitor waits; faster, nobody can follow one job with the eyes.
    /// </summary>
    public const double Speed = 20;

    /// <summary>Seconds between two planning rounds: four planners share the processors with everything else, and nobody notices two seconds.</summary>
    private const double Tick = 2;

    /// <summary>Wall seconds in which a plan may still reach the technician it begins with: one look, and some messages.</summary>
    private const double Margin = 3;

    /// <summary>Wall seconds a person has to answer an offer, of the planner's and of a dispatcher's own.</summary>
    private const double OfferTimeout = 30, OfferByHand = 60;

    /// <summary>Wall seconds from offer to planned departure: the time to answer, and to hear of it.</summary>
    private const double OfferLead = 40;

    /// <summary>The hour by the city's clock at which a new demo begins: the early shift is at work, the regular one begins, and what came in overnight waits.</summary>
    private static readonly TimeSpan Begins = TimeSpan.FromHours(9) + TimeSpan.FromMinutes(5), CityOffset = TimeSpan.FromHours(8);

    /// <summary>Whether this start is one of a living demo: asked for, and in a folder that is empty or was begun as one.</summary>
    public static bool IsLiving(DispatchOptions options) => IsDemo(options) && options.City == "living";

    /// <summary>Whether the folder is a demo's, or may become one. Never one that somebody works in.</summary>
    public static bool IsDemo(DispatchOptions options) =>
        options.Demo && (DemoCity.WasBegun(options.Data) || !File.Exists(Path.Combine(options.Data, "dispatch.db")));

    /// <summary>The coming morning: never before now, because devices with clocks of their own may only be behind.</summary>
    public static DateTimeOffset Morning(DateTimeOffset now)
    {
        DateTimeOffset today = new DateTimeOffset(now.ToOffset(CityOffset).Date, CityOffset) + Begins;
        return (today >= now ? today : today.AddDays(1)).ToUniversalTime();
    }

    /// <summary>Adds the settings below all that is there, and reads the options again.</summary>
    public static DispatchOptions Add(ConfigurationManager configuration)
    {
        double speed = configuration.GetValue<double?>("Dispatch:Speed") ?? Speed;
        string Wall(double seconds, double atLeast = 0, double atMost = double.MaxValue) =>
            TimeSpan.FromSeconds(Math.Min(atMost, Math.Max(atLeast, seconds * speed))).ToString("c", CultureInfo.InvariantCulture);
        Dictionary<string, string?> settings = new()
        {
            ["Dispatch:Speed"] = speed.ToString("R", CultureInfo.InvariantCulture),
            ["Dispatch:Planning:Tick"] = TimeSpan.FromSeconds(Tick).ToString("c", CultureInfo.InvariantCulture),
            ["Dispatch:Planning:Margin"] = Wall(Margin, atLeast: 5, atMost: 3600),
            ["Dispatch:Planning:OfferTimeout"] = Wall(OfferTimeout, atLeast: 120),
            ["Dispatch:Planning:OfferLead"] = Wall(OfferLead, atLeast: 900),
            ["Dispatch:Planning:RefusalPause"] = Wall(5, atLeast: 30),
            // What a person reads as "why unplaced" should not flicker, and each telling is a write.
            ["Dispatch:Planning:UnplacedPause"] = Wall(20, atLeast: 5),
            // In a living city something changes before every look: there is no second look at the same state to spend on it.
            ["Dispatch:Planning:Iterations"] = "400",
            ["Dispatch:Planning:ImproveFor"] = "0",
            ["Dispatch:Api:OfferLasts"] = Wall(OfferByHand, atLeast: 120),
            ["Dispatch:Jobs:ReservationGrace"] = Wall(10, atLeast: 30, atMost: 3600),
            // Whom a planner could not have just then is in the events; in a living city it would be most of what the console says.
            ["Logging:LogLevel:Dispatch.Grains"] = "Warning",
            // The city's passwords are 144 random bits, which no rounds make harder to guess; three hundred people sign in at once.
            ["Dispatch:Api:PasswordIterations"] = "1000",
        };
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
        return configuration.GetSection("Dispatch").Get<DispatchOptions>()!;
    }
}
