namespace Dispatch.Domain.Routing;

/// <summary>Collects a <see cref="RoutingProblem"/>. Indices are the adapter's; every setter may be called again, the last call counts.</summary>
public sealed class RoutingProblemBuilder
{
    private readonly int technicians;
    private readonly int jobs;
    private readonly int depots;
    private readonly int consumables;
    private readonly int places;
    private readonly int[] travel;
    private readonly TechnicianRow[] technicianRows;
    private readonly JobRow[] jobRows;
    private readonly DepotRow[] depotRows;
    private readonly PairRule[] pair;
    private readonly int[] demand;
    private readonly int[] stock;
    private long[]? pairCost;
    private long[]? useCost;
    private long[]? overtimePrice;
    private long[]? overtimeFrom;

    /// <param name="technicians">Routes, 1 or more for anything to happen.</param>
    /// <param name="jobs">Jobs to serve.</param>
    /// <param name="depots">Depots, possibly none.</param>
    /// <param name="consumables">Kinds of parts (or of load, for capacity).</param>
    /// <param name="places">Distinct places of the travel table.</param>
    public RoutingProblemBuilder(int technicians, int jobs, int depots, int consumables, int places)
    {
        this.technicians = technicians;
        this.jobs = jobs;
        this.depots = depots;
        this.consumables = consumables;
        this.places = places;
        // One more place than given: "anywhere", which costs nothing to reach, ends routes that need not return.
        travel = new int[(places + 1) * (places + 1)];
        technicianRows = new TechnicianRow[technicians];
        jobRows = new JobRow[jobs];
        depotRows = new DepotRow[depots];
        pair = new PairRule[technicians * jobs];
        demand = new int[jobs * consumables];
        stock = new int[technicians * consumables];
        for (var j = 0; j < jobs; j++)
        {
            jobRows[j] = new JobRow(0, 0, [(0, RoutingProblem.MaxHorizon)], 0, 0);
        }
    }

    public long DurationWeight { get; set; } = 1;

    public long TravelWeight { get; set; }

    /// <summary>See <see cref="RoutingProblem.FloatingEndsFree"/>. Default false.</summary>
    public bool FloatingEndsFree { get; set; }

    /// <summary>Sets ticks between two places; <see cref="RoutingProblem.Unreachable"/> where there is no way.</summary>
    public void SetTravel(int fromPlace, int toPlace, int ticks) =>
        travel[(fromPlace * (places + 1)) + toPlace] = Math.Min(ticks, RoutingProblem.Unreachable);

    /// <param name="technician">Index.</param>
    /// <param name="startPlace">Where the route begins.</param>
    /// <param name="endPlace">Where it ends, or −1 for wherever the last stop is.</param>
    /// <param name="earliest">Earliest departure.</param>
    /// <param name="latestStart">Latest departure; equal to <paramref name="earliest"/> where time counts from then on in any case.</param>
    /// <param name="end">Latest arrival at the end, inclusive.</param>
    /// <param name="maxJobs">Limit of jobs.</param>
    /// <param name="depotDone">Nothing is scarce and no depot call is left.</param>
    /// <param name="sameClass">Equal for interchangeable technicians, or −1 for unlike any other.</param>
    public void SetTechnician(
        int technician, int startPlace, int endPlace, long earliest, long latestStart, long end, int maxJobs = int.MaxValue, bool depotDone = false, int sameClass = -1) =>
        technicianRows[technician] = new TechnicianRow(
            startPlace, endPlace < 0 ? places : endPlace, earliest, latestStart, end, maxJobs, depotDone, sameClass < 0 ? -1 - technician : sameClass);

    public void SetJob(int job, int place, long service) => jobRows[job] = jobRows[job] with { Place = place, Service = service };

    /// <summary>A job done wherever the technician is, like a break: it takes its time and no way. Windows and service as for any job.</summary>
    public void SetFloating(int job, long service) => SetJob(job, RoutingProblem.Floating, service);

    /// <summary>Ending the route after a moment costs so much per tick; the shift's end remains the last moment possible.</summary>
    public void SetOvertime(int technician, long from, long pricePerTick)
    {
        overtimePrice ??= new long[technicians];
        overtimeFrom ??= new long[technicians];
        (overtimeFrom[technician], overtimePrice[technician]) = (from, pricePerTick);
    }

    /// <summary>Adds to the fixed cost of serving a job.</summary>
    public void AddJobCost(int job, long cost) => jobRows[job] = jobRows[job] with { NodeCost = jobRows[job].NodeCost + cost };

    /// <summary>Adds to the cost of leaving a job unserved.</summary>
    public void AddUnservedCost(int job, long cost) => jobRows[job] = jobRows[job] with { UnservedCost = jobRows[job].UnservedCost + cost };

    /// <summary>Replaces the windows of a job. None at all makes the job impossible.</summary>
    public void SetWindows(int job, (long Open, long Close)[] windows) => jobRows[job] = jobRows[job] with { Windows = windows };

    public void SetMaxJobs(int technician, int limit) => technicianRows[technician] = technicianRows[technician] with { MaxJobs = limit };

    /// <summary>Latest arrival at the end of the route, inclusive.</summary>
    public void SetShiftEnd(int technician, long end) => technicianRows[technician] = technicianRows[technician] with { End = end };

    public void SetDepot(int depot, int place, long handling) => depotRows[depot] = new DepotRow(place, handling, 0, RoutingProblem.MaxHorizon, 0);

    /// <summary>When a call may begin, both ends inclusive.</summary>
    public void SetDepotHours(int depot, long open, long close) => depotRows[depot] = depotRows[depot] with { Open = open, Close = close };

    /// <summary>Adds to the fixed cost of a depot call.</summary>
    public void AddDepotCost(int depot, long cost) => depotRows[depot] = depotRows[depot] with { NodeCost = depotRows[depot].NodeCost + cost };

    public void SetDemand(int job, int consumable, int units) => demand[(job * consumables) + consumable] = units;

    public void SetStock(int technician, int consumable, int units) => stock[(technician * consumables) + consumable] = units;

    /// <summary>Never lets the technician have the job.</summary>
    public void Forbid(int technician, int job) => pair[(technician * jobs) + job] = PairRule.Forbidden;

    /// <summary>Lets the technician have the job only behind a depot call, unless forbidden anyway or the call is done.</summary>
    public void RequireDepot(int technician, int job)
    {
        ref var rule = ref pair[(technician * jobs) + job];
        rule = rule == PairRule.Forbidden ? rule : PairRule.AfterDepot;
    }

    public void AddPairCost(int technician, int job, long cost)
    {
        pairCost ??= new long[technicians * jobs];
        pairCost[(technician * jobs) + job] += cost;
    }

    /// <summary>Adds to the cost of giving the technician anything at all. Interchangeable technicians must have the same.</summary>
    public void AddUseCost(int technician, long cost)
    {
        useCost ??= new long[technicians];
        useCost[technician] += cost;
    }

    public RoutingProblem Build()
    {
        for (var j = 0; j < jobs; j++)
        {
            jobRows[j] = jobRows[j] with { Windows = Disjoint(jobRows[j].Windows, RoutingProblem.MaxHorizon - jobRows[j].Service) };
        }

        var nodes = (2 * technicians) + depots + jobRows.Sum(row => row.Windows.Length);
        var problem = new RoutingProblem
        {
            Technicians = technicians,
            Jobs = jobs,
            Depots = depots,
            Consumables = consumables,
            Places = places + 1,
            Travel = travel,
            TravelBack = Transposed(travel, places + 1),
            PlaceOf = new int[nodes],
            Open = new long[nodes],
            Close = new long[nodes],
            Service = new long[nodes],
            NodeCost = new long[nodes],
            JobOf = new int[nodes],
            FirstNode = new int[jobs + 1],
            Demand = demand,
            Stock = stock,
            Pair = pair,
            PairCost = pairCost,
            UseCost = useCost,
            OvertimePrice = overtimePrice,
            OvertimeFrom = overtimeFrom,
            UnservedCost = [.. jobRows.Select(row => row.UnservedCost)],
            MaxJobs = [.. technicianRows.Select(row => row.MaxJobs)],
            DepotDone = [.. technicianRows.Select(row => row.DepotDone)],
            Class = [.. technicianRows.Select(row => row.Class)],
            Closed = new bool[technicians],
            DurationWeight = DurationWeight,
            TravelWeight = TravelWeight,
            FloatingEndsFree = FloatingEndsFree,
        };
        Array.Fill(problem.JobOf, -1);
        for (var t = 0; t < technicians; t++)
        {
            var row = technicianRows[t];
            SetNode(problem, problem.StartNode(t), row.StartPlace, Math.Min(row.Earliest, RoutingProblem.MaxHorizon), Math.Min(row.LatestStart, row.End), 0, 0);
            SetNode(problem, problem.EndNode(t), row.EndPlace, 0, row.End, 0, 0);
            CloseImpossible(problem, t);
        }

        for (var d = 0; d < depots; d++)
        {
            var row = depotRows[d];
            SetNode(problem, problem.DepotNode(d), row.Place, Math.Clamp(row.Open, 0, RoutingProblem.MaxHorizon), Math.Min(row.Close, RoutingProblem.MaxHorizon - row.Handling), row.Handling, row.NodeCost);
        }

        var node = (2 * technicians) + depots;
        for (var j = 0; j < jobs; j++)
        {
            problem.FirstNode[j] = node;
            foreach (var (open, close) in jobRows[j].Windows)
            {
                SetNode(problem, node, jobRows[j].Place, open, close, jobRows[j].Service, jobRows[j].NodeCost);
                problem.JobOf[node++] = j;
            }
        }

        problem.FirstNode[jobs] = node;
        return problem;
    }

    /// <summary>
    /// Windows that overlap are one window: a start belongs to one alternative only. Work that begins too late to end within the horizon can be part of no route,
    /// nor can a window that is closed before it opens.
    /// </summary>
    private static (long Open, long Close)[] Disjoint((long Open, long Close)[] windows, long last)
    {
        List<(long Open, long Close)> apart = [];
        foreach (var (open, close) in windows.Select(w => (Open: Math.Max(0, w.Open), Close: Math.Min(w.Close, last))).Where(w => w.Open <= w.Close).Order())
        {
            if (apart.Count > 0 && open <= apart[^1].Close)
            {
                apart[^1] = (apart[^1].Open, Math.Max(apart[^1].Close, close));
            }
            else
            {
                apart.Add((open, close));
            }
        }

        return [.. apart];
    }

    private static int[] Transposed(int[] table, int size)
    {
        var turned = new int[table.Length];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                turned[(k * size) + i] = table[(i * size) + k];
            }
        }

        return turned;
    }

    private static void SetNode(RoutingProblem problem, int node, int place, long open, long close, long service, long cost)
    {
        problem.PlaceOf[node] = place;
        problem.Open[node] = open;
        problem.Close[node] = Math.Min(close, RoutingProblem.MaxHorizon);
        problem.Service[node] = service;
        problem.NodeCost[node] = cost;
    }

    // A technician who cannot even get home in time, or begins beyond the horizon, takes nothing; his empty route must still be a valid
    // one.
    private void CloseImpossible(RoutingProblem problem, int t)
    {
        var start = problem.StartNode(t);
        var end = problem.EndNode(t);
        var home = problem.TravelBetween(start, end);
        if (technicianRows[t].Earliest <= RoutingProblem.MaxHorizon && home != RoutingProblem.Unreachable
            && problem.Open[start] <= problem.Close[start] && problem.Open[start] + home <= problem.Close[end])
        {
            return;
        }

        for (var j = 0; j < jobs; j++)
        {
            Forbid(t, j);
        }

        problem.Closed[t] = true;
        problem.Close[start] = problem.Open[start];
        problem.PlaceOf[end] = places;
        problem.Close[end] = Math.Max(problem.Close[end], problem.Open[start]);
    }

    private readonly record struct TechnicianRow(
        int StartPlace, int EndPlace, long Earliest, long LatestStart, long End, int MaxJobs, bool DepotDone, int Class);

    private readonly record struct JobRow(int Place, long Service, (long Open, long Close)[] Windows, long NodeCost, long UnservedCost);

    private readonly record struct DepotRow(int Place, long Handling, long Open, long Close, long NodeCost);
}
