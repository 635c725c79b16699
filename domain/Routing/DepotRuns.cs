using System.Runtime.InteropServices;

namespace Dispatch.Domain.Routing;

/// <summary>
/// One route with a depot call tried at every position, as runs from the start, so that any number of jobs that need the call are judged without walking the
/// route again. A call that the route has already is left out and may only move forward.
/// </summary>
internal sealed class DepotRuns(RoutingProblem problem)
{
    private long version = -1;
    private int stride;
    private int count;
    private int calls;
    private int[] bare = [];
    private int[] rows = [];
    private long[] detours = [];
    private int[] bareRows = [];

    /// <summary>Positions at which a call is tried, 1 up to and including this one.</summary>
    public int LastCall => calls;

    /// <summary>Stops without a call, start and end included.</summary>
    public int Count => count;

    /// <summary>Brings the runs up to date with the route.</summary>
    public void Update(Route route)
    {
        if (version == route.Version)
            return;
        version = route.Version;
        LayBare(route);
        for (int d = 0; d < problem.Depots; d++)
            for (int call = 1; call <= calls; call++)
                Lay(route, d, call);
    }

    /// <summary>The stops with a call at a position; a stop of position p is read at p + 1. What the call adds to travel is in <see cref="Detour"/>.</summary>
    public Stretch StretchOf(int depot, int call) => new(
        new RunRows(ref rows[Offset(depot, call)], stride), 1, new RunRows(ref MemoryMarshal.GetArrayDataReference(bareRows), stride));

    /// <summary>Travel of the route with the call, less its travel as it is.</summary>
    public long Detour(int depot, int call) => detours[(depot * stride) + call];

    private int Offset(int depot, int call) => ((depot * stride) + call) * stride * RunRows.SuffixRow;

    private void LayBare(Route route)
    {
        if (stride < route.Count + 1 + Route.Slack)
        {
            stride = route.Count + 8 + Route.Slack;
            bare = new int[stride];
            bareRows = new int[stride * RunRows.Rows];
            rows = new int[problem.Depots * stride * stride * RunRows.SuffixRow];
            detours = new long[problem.Depots * stride];
        }

        count = 0;
        for (int i = 0; i < route.Count; i++)
            if (i != route.DepotAt)
                bare[count++] = route.Nodes[i];
        calls = route.DepotAt < 0 ? count - 1 : Math.Min(route.DepotAt, count - 1);
        RunRows all = new(ref bareRows[0], stride);
        int place = problem.PlaceOf[bare[0]];
        Span<int> places = bareRows.AsSpan(RunRows.PlaceRow * stride, count);
        for (int i = 0; i < count; i++)
            place = places[i] = problem.PlaceOf[bare[i]] is >= 0 and var own ? own : place;
        Segment run = Segment.Of(problem, bare[count - 1]);
        RunRows.Store(ref all.Suffix, stride, count - 1, run);
        for (int i = count - 2; i >= 0; i--)
        {
            // Taking the call out can break a window only where travel breaks the triangle inequality; then no call can be moved.
            if (!Segment.Of(problem, bare[i]).TryJoin(problem.Travel[(places[i] * problem.Places) + places[i + 1]], run, out run))
            {
                calls = 0;
                return;
            }

            // A floating stop is made where its predecessor is, so nothing is inserted before it here.
            RunRows.Store(ref all.Suffix, stride, i, problem.PlaceOf[bare[i]] >= 0 ? run : run with { Latest = -1 });
        }
    }

    private void Lay(Route route, int depot, int call)
    {
        RunRows all = new(ref rows[Offset(depot, call)], stride);
        Segment run = Segment.Of(problem, bare[0]);
        int place = problem.PlaceOf[bare[0]];
        long travelled = 0;
        bool stands = true;
        for (int i = 1; i <= count; i++)
        {
            int node = i == call ? problem.DepotNode(depot) : bare[i < call ? i : i - 1];
            int next = problem.PlaceOf[node] is >= 0 and var own ? own : place;
            int travel = next == place && problem.PlaceOf[node] < 0 ? 0 : problem.Travel[(place * problem.Places) + next];
            stands = stands && run.TryJoin(travel, Segment.Of(problem, node), out run);
            place = next;
            travelled += travel;
            if (i >= call)
            {
                System.Runtime.CompilerServices.Unsafe.Add(ref all.Place, i) = place;
                System.Runtime.CompilerServices.Unsafe.Add(ref all.Leg, i) = travel;
                // A run that cannot be: it begins just beyond every horizon, so that nothing joins it, and with an unreachable leg added it
                // still fits 32 bits.
                RunRows.Store(ref all.Prefix, stride, i, stands ? run : new Segment(0, RoutingProblem.MaxHorizon + 1, 0));
            }
        }

        detours[(depot * stride) + call] = travelled - route.Travel;
    }
}
