using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Nearest;

/// <summary>
/// Where technicians are: three of four in towns of different size, the others anywhere, on a square of a million people's density; each with one of
/// eight skills and often another of many.
/// </summary>
internal sealed class Town(ulong seed, int technicians)
{
    private const int Towns = 60;
    private Xoshiro chance = new(seed);

    /// <summary>Half the side: about a hundred technicians to a square kilometre on average.</summary>
    public double HalfSide { get; } = 50 * Math.Sqrt(technicians);

    public int AnyTechnician() => chance.Below(technicians);

    public ulong Skills() => (1UL << chance.Below(8)) | (1UL << (8 + chance.Below(56)));

    public ulong WantedSkill() => 1UL << chance.Below(8);

    public PlanePoint Anywhere()
    {
        if (chance.Below(4) == 0)
            return new PlanePoint(Across(HalfSide), Across(HalfSide));
        // Towns lie along a spiral and spread further the further out they are.
        int town = chance.Below(Towns);
        double radius = HalfSide * 0.9 * Math.Sqrt((town + 0.5) / Towns), spread = HalfSide * (0.02 + (0.1 * town / Towns));
        (double sin, double cos) = Math.SinCos(town * 2.399963229728653);
        return new PlanePoint((radius * cos) + Across(spread) + Across(spread), (radius * sin) + Across(spread) + Across(spread));
    }

    /// <summary>A few seconds' drive on.</summary>
    public PlanePoint Near(PlanePoint from) => new(from.East + Across(60), from.North + Across(60));

    private double Across(double reach) => ((2 * chance.Unit()) - 1) * reach;
}
