using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Map;

/// <summary>
/// Makes a graph of drawn lines, which know nothing of each other: where two cross there is a crossing, and a line that ends just short of another is led on to it. What still cannot
/// be reached from the rest is left out.
/// </summary>
public static class RoadGraphBuilder
{
    /// <summary>Metres: so far a road that ends is led on to the next one.</summary>
    private const double Join = 110;

    private const double Cell = 250;

    private readonly record struct Piece(int Line, int Index, PlanePoint A, PlanePoint B);

    public static RoadGraph Build(Basemap map)
    {
        ImmutableArray<RoadLine> lines = map.Roads;
        List<Piece> pieces = [];
        for (int l = 0; l < lines.Length; l++)
            for (int i = 1; i < lines[l].Points.Length; i++)
                pieces.Add(new Piece(l, i - 1, lines[l].Points[i - 1], lines[l].Points[i]));
        Dictionary<(int, int), List<int>> cells = [];
        for (int p = 0; p < pieces.Count; p++)
            foreach ((int, int) cell in CellsOf(pieces[p].A, pieces[p].B, 0))
                (cells.TryGetValue(cell, out List<int>? list) ? list : cells[cell] = []).Add(p);

        Net net = new();
        // Along each piece: its ends, and every crossing, by how far along it lies.
        List<(double Part, int Node)>[] stops = [.. pieces.Select(p => new List<(double, int)> { (0, net.Node(p.A)), (1, net.Node(p.B)) })];
        for (int p = 0; p < pieces.Count; p++)
            foreach (int q in CellsOf(pieces[p].A, pieces[p].B, 0).Where(cells.ContainsKey).SelectMany(c => cells[c]).Where(q => q > p).Distinct())
                if (pieces[p].Line != pieces[q].Line && Crossing(pieces[p], pieces[q]) is { } parts)
                {
                    int node = net.Node(Along(pieces[p], parts.P));
                    stops[p].Add((parts.P, node));
                    stops[q].Add((parts.Q, node));
                }
        for (int p = 0; p < pieces.Count; p++)
        {
            if (pieces[p].Index == 0)
                JoinEnd(pieces, cells, stops, net, p, pieces[p].A);
            if (p + 1 == pieces.Count || pieces[p + 1].Line != pieces[p].Line)
                JoinEnd(pieces, cells, stops, net, p, pieces[p].B);
        }
        for (int p = 0; p < pieces.Count; p++)
        {
            (double, int Node)[] sorted = [.. stops[p].OrderBy(s => s.Part).ThenBy(s => s.Node)];
            for (int i = 1; i < sorted.Length; i++)
                net.Edge(sorted[i - 1].Node, sorted[i].Node, lines[pieces[p].Line].Class, pieces[p].Line);
        }
        return net.Largest();
    }

    private static void JoinEnd(List<Piece> pieces, Dictionary<(int, int), List<int>> cells, List<(double Part, int Node)>[] stops, Net net, int p, PlanePoint end)
    {
        (int Piece, double Part, double Far) best = (-1, 0, Join);
        foreach (int q in CellsOf(end, end, 1).Where(cells.ContainsKey).SelectMany(c => cells[c]).Distinct())
        {
            if (pieces[q].Line == pieces[p].Line)
                continue;
            double dx = pieces[q].B.X - pieces[q].A.X, dy = pieces[q].B.Y - pieces[q].A.Y, square = dx * dx + dy * dy;
            double part = square == 0 ? 0 : Math.Clamp(((end.X - pieces[q].A.X) * dx + (end.Y - pieces[q].A.Y) * dy) / square, 0, 1);
            if (Along(pieces[q], part).DistanceTo(end) is var far && far < best.Far)
                best = (q, part, far);
        }
        if (best.Piece < 0)
            return;
        int node = net.Node(Along(pieces[best.Piece], best.Part));
        stops[best.Piece].Add((best.Part, node));
        net.Links.Add((net.Node(end), node, pieces[p].Line));
    }

    private static PlanePoint Along(Piece p, double part) => new(p.A.X + (p.B.X - p.A.X) * part, p.A.Y + (p.B.Y - p.A.Y) * part);

    private static (double P, double Q)? Crossing(Piece p, Piece q)
    {
        double ax = p.B.X - p.A.X, ay = p.B.Y - p.A.Y, bx = q.B.X - q.A.X, by = q.B.Y - q.A.Y, cross = ax * by - ay * bx;
        if (Math.Abs(cross) < 1e-9)
            return null;
        double cx = q.A.X - p.A.X, cy = q.A.Y - p.A.Y, s = (cx * by - cy * bx) / cross, t = (cx * ay - cy * ax) / cross;
        return s is >= 0 and <= 1 && t is >= 0 and <= 1 ? (s, t) : null;
    }

    private static IEnumerable<(int, int)> CellsOf(PlanePoint a, PlanePoint b, int more)
    {
        int west = (int)Math.Floor(Math.Min(a.X, b.X) / Cell) - more, east = (int)Math.Floor(Math.Max(a.X, b.X) / Cell) + more;
        int south = (int)Math.Floor(Math.Min(a.Y, b.Y) / Cell) - more, north = (int)Math.Floor(Math.Max(a.Y, b.Y) / Cell) + more;
        for (int x = west; x <= east; x++)
            for (int y = south; y <= north; y++)
                yield return (x, y);
    }

    /// <summary>Nodes and edges as they come; points within half a metre are one.</summary>
    private sealed class Net
    {
        private readonly Dictionary<(long, long), int> known = [];
        private readonly List<PlanePoint> nodes = [];
        private readonly List<RoadEdge> edges = [];
        private readonly HashSet<(int, int)> joined = [];

        /// <summary>Ends led on to another road.</summary>
        public List<(int From, int To, int Line)> Links { get; } = [];

        public int Node(PlanePoint p)
        {
            (long, long) key = ((long)Math.Round(p.X * 2), (long)Math.Round(p.Y * 2));
            if (known.TryGetValue(key, out int node))
                return node;
            nodes.Add(p);
            return known[key] = nodes.Count - 1;
        }

        public void Edge(int from, int to, RoadClass road, int line)
        {
            if (from != to && joined.Add((Math.Min(from, to), Math.Max(from, to))))
                edges.Add(new RoadEdge(from, to, road, line, nodes[from].DistanceTo(nodes[to])));
        }

        public RoadGraph Largest()
        {
            foreach ((int from, int to, int line) in Links)
                Edge(from, to, RoadClass.Street, line);
            int[] part = [.. Enumerable.Range(0, nodes.Count)];
            int Root(int n) => part[n] == n ? n : part[n] = Root(part[n]);
            foreach (RoadEdge edge in edges)
                part[Root(edge.From)] = Root(edge.To);
            int largest = Enumerable.Range(0, nodes.Count).GroupBy(Root).MaxBy(g => g.Count())!.Key;
            Dictionary<int, int> kept = [];
            foreach (int n in Enumerable.Range(0, nodes.Count).Where(n => Root(n) == largest))
                kept[n] = kept.Count;
            return new RoadGraph(
                [.. kept.Keys.Select(n => nodes[n])],
                [.. edges.Where(e => kept.ContainsKey(e.From)).Select(e => e with { From = kept[e.From], To = kept[e.To] })]);
        }
    }
}
