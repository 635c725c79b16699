using System.Collections.Immutable;
using Dispatch.Sim.Phones;

namespace Dispatch.Sim.Replay.Instances;

/// <summary>A point of the plane of an instance, in plane units.</summary>
public readonly record struct PlanePoint(double X, double Y)
{
    /// <summary>Euclidean; also the travel time, one unit of time per unit of length.</summary>
    public double DistanceTo(PlanePoint other) => double.Hypot(X - other.X, Y - other.Y);
}

/// <summary>A row of the instance: the depot, a technician's home or a request.</summary>
/// <param name="Number">0 the depot, 1…crew the technicians, then the requests.</param>
/// <param name="Opens">Work may begin from here; the start of the shift for a technician.</param>
/// <param name="Closes">Work may begin until here; the end of the shift for a technician.</param>
/// <param name="Skills">Had or needed.</param>
/// <param name="Tools">Had or needed.</param>
/// <param name="Parts">Units had or needed, by kind of part.</param>
public sealed record TrspNode(
    int Number, PlanePoint At, DayTime Opens, DayTime Closes, double Service,
    ImmutableArray<int> Skills, ImmutableArray<int> Tools, ImmutableArray<int> Parts);

/// <summary>
/// An instance of the technician routing and scheduling problem (V. Pillac's form): one depot, technicians with home, shift, skills, tools and stock, and requests
/// with windows and needs.
/// </summary>
public sealed record TrspInstance(string Name, int PartKinds, TrspNode Depot, ImmutableArray<TrspNode> Technicians, ImmutableArray<TrspNode> Requests) : IPhoneMap
{
    /// <summary>The last moment anything may happen.</summary>
    public DayTime Horizon { get; } = Technicians.Append(Depot).Max(n => n.Closes);

    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public TrspNode Node(int number) =>
        number == 0 ? Depot
        : number >= 1 && number <= Technicians.Length ? Technicians[number - 1]
        : number > Technicians.Length && number <= Technicians.Length + Requests.Length ? Requests[number - Technicians.Length - 1]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"{Name} has no such node.");

    public double Distance(int from, int to) => Node(from).At.DistanceTo(Node(to).At);

    PlanePoint IPhoneMap.At(int node) => Node(node).At;

    DayTime IPhoneMap.Opens(int node) => Node(node).Opens;

    DayTime IPhoneMap.Closes(int node) => Node(node).Closes;

    double IPhoneMap.Service(int node) => Node(node).Service;

    double IPhoneMap.Travel(int from, int to, DayTime depart) => Distance(from, to);

    PlanePoint IPhoneMap.Between(int from, int to, double part)
    {
        PlanePoint a = Node(from).At, b = Node(to).At;
        return new PlanePoint(a.X + (b.X - a.X) * part, a.Y + (b.Y - a.Y) * part);
    }

    public bool IsRequest(int number) => number > Technicians.Length && number <= Technicians.Length + Requests.Length;

    public IEnumerable<TrspNode> Nodes => [Depot, .. Technicians, .. Requests];
}
