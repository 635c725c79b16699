using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Map;

/// <summary>A straight piece of road between two crossings or bends. <paramref name="Line"/> is the road it is part of.</summary>
public readonly record struct RoadEdge(int From, int To, RoadClass Class, int Line, double Metres);

/// <summary>A place on a road: so far along an edge.</summary>
/// <param name="Part">From 0 at the edge's start to 1 at its end.</param>
public readonly record struct RoadSpot(int Edge, double Part, PlanePoint At);

/// <summary>
/// The roads as a graph in which every crossing can be reached from every other. Immutable; the same basemap gives the same graph. Searches are A* over free-flow time, which the
/// fastest road's speed bounds from below.
/// </summary>
public sealed class RoadGraph
{
    private const double Cell = 250;

    private readonly ImmutableArray<(int Neighbour, int Edge)>[] ways;
    private readonly Dictionary<(int, int), List<int>> cells = [];

    public RoadGraph(ImmutableArray<PlanePoint> nodes, ImmutableArray<RoadEdge> edges)
    {
        (Nodes, Edges) = (nodes, edges);
        List<(int, int)>[] lists = [.. nodes.Select(_ => new List<(int, int)>(4))];
        for (int e = 0; e < edges.Length; e++)
        {
            lists[edges[e].From].Add((edges[e].To, e));
            lists[edges[e].To].Add((edges[e].From, e));
            foreach ((int, int) cell in CellsOf(nodes[edges[e].From], nodes[edges[e].To]))
                (cells.TryGetValue(cell, out List<int>? list) ? list : cells[cell] = []).Add(e);
        }
        ways = [.. lists.Select(l => l.ToImmutableArray())];
    }

    public ImmutableArray<PlanePoint> Nodes { get; }

    public ImmutableArray<RoadEdge> Edges { get; }

    /// <summary>The nearest place on a road.</summary>
    public RoadSpot Snap(PlanePoint p)
    {
        (int cx, int cy) = CellOf(p);
        RoadSpot best = default;
        double least = double.PositiveInfinity;
        // Rings of cells outwards; once something is found, as far as something nearer could still be.
        for (int ring = 0; ring < 400 && (ring - 1) * Cell < least; ring++)
            foreach ((int, int) cell in Ring(cx, cy, ring))
                if (cells.TryGetValue(cell, out List<int>? here))
                    foreach (int e in here)
                        if (OnEdge(e, p) is var spot && spot.At.DistanceTo(p) is var d && d < least)
                            (best, least) = (spot, d);
        return best;
    }

    /// <summary>The quickest way between two places on roads when nobody is in the way.</summary>
    public RoadRoute Route(RoadSpot from, RoadSpot to)
    {
        RoadEdge first = Edges[from.Edge], last = Edges[to.Edge];
        double speed = RoadSpeeds.FreeAt(RoadClass.Motorway);
        Dictionary<int, (double Cost, int Via, int Before)> known = [];
        PriorityQueue<(int Node, double Cost), double> open = new();
        void Reach(int node, double cost, int via, int before)
        {
            if (known.TryGetValue(node, out (double Cost, int, int) k) && k.Cost <= cost)
                return;
            known[node] = (cost, via, before);
            open.Enqueue((node, cost), cost + Nodes[node].DistanceTo(to.At) / speed);
        }
        Reach(first.From, TimeOf(first) * from.Part, from.Edge, -1);
        Reach(first.To, TimeOf(first) * (1 - from.Part), from.Edge, -1);
        // Along the same edge is a way too, though not always the quickest.
        double best = from.Edge == to.Edge ? TimeOf(first) * Math.Abs(to.Part - from.Part) : double.PositiveInfinity;
        int end = -1;
        while (open.TryDequeue(out (int Node, double Cost) at, out double bound) && bound < best)
        {
            if (at.Cost > known[at.Node].Cost)
                continue;
            if (at.Node == last.From && at.Cost + TimeOf(last) * to.Part is var a && a < best)
                (best, end) = (a, at.Node);
            if (at.Node == last.To && at.Cost + TimeOf(last) * (1 - to.Part) is var b && b < best)
                (best, end) = (b, at.Node);
            foreach ((int neighbour, int edge) in ways[at.Node])
                Reach(neighbour, at.Cost + TimeOf(Edges[edge]), edge, at.Node);
        }
        List<PlanePoint> points = [to.At];
        List<RoadClass> classes = [last.Class];
        for (int node = end; node >= 0; node = known[node].Before)
        {
            points.Add(Nodes[node]);
            classes.Add(Edges[known[node].Via].Class);
        }
        points.Add(from.At);
        points.Reverse();
        classes.Reverse();
        return new RoadRoute([.. points], [.. classes]);
    }

    private static double TimeOf(RoadEdge edge) => edge.Metres / RoadSpeeds.FreeAt(edge.Class);

    private RoadSpot OnEdge(int e, PlanePoint p)
    {
        PlanePoint a = Nodes[Edges[e].From], b = Nodes[Edges[e].To];
        double dx = b.X - a.X, dy = b.Y - a.Y, square = dx * dx + dy * dy;
        double part = square == 0 ? 0 : Math.Clamp(((p.X - a.X) * dx + (p.Y - a.Y) * dy) / square, 0, 1);
        return new RoadSpot(e, part, new PlanePoint(a.X + part * dx, a.Y + part * dy));
    }

    private static (int, int) CellOf(PlanePoint p) => ((int)Math.Floor(p.X / Cell), (int)Math.Floor(p.Y / Cell));

    private static IEnumerable<(int, int)> CellsOf(PlanePoint a, PlanePoint b)
    {
        (int ax, int ay) = CellOf(a);
        (int bx, int by) = CellOf(b);
        for (int x = Math.Min(ax, bx); x <= Math.Max(ax, bx); x++)
            for (int y = Math.Min(ay, by); y <= Math.Max(ay, by); y++)
                yield return (x, y);
    }

    private static IEnumerable<(int, int)> Ring(int cx, int cy, int ring)
    {
        for (int x = cx - ring; x <= cx + ring; x++)
            for (int y = cy - ring; y <= cy + ring; y++)
                if (Math.Max(Math.Abs(x - cx), Math.Abs(y - cy)) == ring)
                    yield return (x, y);
    }
}
