using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>
/// What is known of a way before it begins, as numbers that trees can split: two places, the time of day, what the formula says, and nothing of how it was driven.
/// Places are metres east and north of the middle of the trips; sums and differences of both let a tree cut along a diagonal.
/// </summary>
internal sealed class LegFeatures
{
    public const int Count = 19;

    private readonly PlanarFrame frame;
    private readonly PowerLaw law;

    /// <param name="middle">About where the trips are, for example the median place.</param>
    public LegFeatures(Place middle, PowerLaw law)
    {
        frame = new PlanarFrame(middle);
        this.law = law;
    }

    /// <summary>Writes the <see cref="Count"/> numbers of a way, and returns what the formula says, in seconds.</summary>
    public double Write(Place from, Place to, DateTimeOffset departure, Span<double> into)
    {
        PlanePoint a = frame.ToPlane(from), b = frame.ToPlane(to);
        double metres = Metres(from, to), hours = DayClock.Hours(departure, law.UtcOffset), formula = law.Seconds(metres, hours);
        into[0] = Math.Log(metres);
        into[1] = hours;
        into[2] = (hours + 12) % 24;
        into[3] = Math.Log(formula);
        Ends(a, into[4..9]);
        Ends(b, into[9..14]);
        into[14] = Math.Atan2(b.North - a.North, b.East - a.East);
        into[15] = (a.East + b.East) / 2;
        into[16] = (a.North + b.North) / 2;
        into[17] = Math.Abs(b.East - a.East);
        into[18] = Math.Abs(b.North - a.North);
        return formula;
    }

    /// <summary>Straight metres, at least one.</summary>
    public static double Metres(Place from, Place to) => Math.Max(1, LocalMetric.Metres(from, to));

    private static void Ends(PlanePoint point, Span<double> into)
    {
        into[0] = point.East;
        into[1] = point.North;
        into[2] = point.East + point.North;
        into[3] = point.East - point.North;
        into[4] = Math.Sqrt((point.East * point.East) + (point.North * point.North));
    }
}
