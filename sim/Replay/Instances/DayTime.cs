namespace Dispatch.Sim.Replay.Instances;

/// <summary>A moment of the instance's day: time units (seconds of the server's clock) since the day began; negative before it. In double precision, as the benchmark defines it.</summary>
public readonly record struct DayTime(double Units) : IComparable<DayTime>
{
    public static DayTime Zero { get; } = new(0);

    public int CompareTo(DayTime other) => Units.CompareTo(other.Units);

    public static DayTime Later(DayTime a, DayTime b) => a.Units >= b.Units ? a : b;

    public static DayTime operator +(DayTime from, double units) => new(from.Units + units);

    public static double operator -(DayTime to, DayTime from) => to.Units - from.Units;

    public static bool operator <(DayTime a, DayTime b) => a.Units < b.Units;

    public static bool operator >(DayTime a, DayTime b) => a.Units > b.Units;

    public static bool operator <=(DayTime a, DayTime b) => a.Units <= b.Units;

    public static bool operator >=(DayTime a, DayTime b) => a.Units >= b.Units;

    public override string ToString() => Units.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Ties the instance's day to the server's clock: one time unit is one second of it.</summary>
/// <param name="Base">When the day begins.</param>
public readonly record struct DayClock(DateTimeOffset Base)
{
    /// <summary>To the nearest 100 ns, the finest that the wire carries.</summary>
    public DateTimeOffset ToServer(DayTime time) => Base.AddTicks((long)Math.Round(time.Units * TimeSpan.TicksPerSecond));

    public DayTime ToDay(DateTimeOffset server) => new((server - Base).Ticks / (double)TimeSpan.TicksPerSecond);

    /// <summary>RFC 3339 with seven digits of a second.</summary>
    public string OnWire(DayTime time) => ToServer(time).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
