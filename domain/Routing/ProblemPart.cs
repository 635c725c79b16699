namespace Dispatch.Domain.Routing;

/// <summary>
/// Some technicians and some jobs of a problem as a problem of their own, with tables of their own, so that large problems are improved piece by piece, several
/// pieces at once, each small enough for a processor's cache.
/// </summary>
internal sealed class ProblemPart
{
    private readonly RoutingProblem whole;
    private readonly int[] technicians;
    private readonly int[] jobs;
    private readonly int[] wholeNode;

    /// <param name="whole">The problem.</param>
    /// <param name="technicians">Distinct technicians of it.</param>
    /// <param name="jobs">Distinct jobs of it.</param>
    public ProblemPart(RoutingProblem whole, int[] technicians, int[] jobs)
    {
        (this.whole, this.technicians, this.jobs) = (whole, technicians, jobs);
        wholeNode = NodesOf(whole, technicians, jobs);
        Problem = Cut();
    }

    public RoutingProblem Problem { get; }

    public ReadOnlySpan<int> Technicians => technicians;

    public ReadOnlySpan<int> Jobs => jobs;

    /// <summary>The node of the whole problem that a node of this part stands for.</summary>
    public int WholeNode(int node) => wholeNode[node];

    /// <summary>The part's nodes for nodes of the whole that belong to it.</summary>
    /// <param name="nodes">Depots and nodes of the part's jobs.</param>
    /// <param name="partJob">For each job of the whole its number in the part.</param>
    public int[] Translate(ReadOnlySpan<int> nodes, ReadOnlySpan<int> partJob)
    {
        int[] own = new int[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            int job = whole.JobOf[nodes[i]];
            own[i] = job < 0
                ? Problem.DepotNode(nodes[i] - whole.DepotNode(0))
                : Problem.FirstNode[partJob[job]] + nodes[i] - whole.FirstNode[job];
        }

        return own;
    }

    private static int[] NodesOf(RoutingProblem whole, int[] technicians, int[] jobs)
    {
        List<int> nodes = [];
        nodes.AddRange(technicians.Select(whole.StartNode));
        nodes.AddRange(technicians.Select(whole.EndNode));
        nodes.AddRange(Enumerable.Range(0, whole.Depots).Select(whole.DepotNode));
        foreach (int job in jobs)
            for (int node = whole.FirstNode[job]; node < whole.FirstNode[job + 1]; node++)
                nodes.Add(node);
        return [.. nodes];
    }

    private RoutingProblem Cut()
    {
        int[] places = [.. wholeNode.Select(node => whole.PlaceOf[node]).Where(place => place >= 0).Distinct()];
        Dictionary<int, int> placeOf = new(places.Length);
        for (int i = 0; i < places.Length; i++)
            placeOf[places[i]] = i;
        int[] numberOf = new int[jobs.Length + 1];
        int first = (2 * technicians.Length) + whole.Depots;
        int[] jobOf = new int[wholeNode.Length];
        Array.Fill(jobOf, -1);
        for (int j = 0; j < jobs.Length; j++)
        {
            numberOf[j] = first;
            int alternatives = whole.FirstNode[jobs[j] + 1] - whole.FirstNode[jobs[j]];
            jobOf.AsSpan(first, alternatives).Fill(j);
            first += alternatives;
        }

        numberOf[jobs.Length] = first;
        return new RoutingProblem
        {
            Technicians = technicians.Length,
            Jobs = jobs.Length,
            Depots = whole.Depots,
            Consumables = whole.Consumables,
            Places = places.Length,
            Travel = Square(whole.Travel, places),
            TravelBack = Square(whole.TravelBack, places),
            PlaceOf = [.. wholeNode.Select(node => whole.PlaceOf[node] is >= 0 and var place ? placeOf[place] : RoutingProblem.Floating)],
            Open = Pick(whole.Open, wholeNode),
            Close = Pick(whole.Close, wholeNode),
            Service = Pick(whole.Service, wholeNode),
            NodeCost = Pick(whole.NodeCost, wholeNode),
            JobOf = jobOf,
            FirstNode = numberOf,
            Demand = Rows(whole.Demand, jobs, whole.Consumables),
            Stock = Rows(whole.Stock, technicians, whole.Consumables),
            Pair = Table(whole.Pair),
            PairCost = whole.PairCost is null ? null : Table(whole.PairCost),
            UseCost = whole.UseCost is null ? null : Pick(whole.UseCost, technicians),
            OvertimePrice = whole.OvertimePrice is null ? null : Pick(whole.OvertimePrice, technicians),
            OvertimeFrom = whole.OvertimeFrom is null ? null : Pick(whole.OvertimeFrom, technicians),
            UnservedCost = Pick(whole.UnservedCost, jobs),
            MaxJobs = Pick(whole.MaxJobs, technicians),
            DepotDone = Pick(whole.DepotDone, technicians),
            Class = Pick(whole.Class, technicians),
            Closed = Pick(whole.Closed, technicians),
            DurationWeight = whole.DurationWeight,
            TravelWeight = whole.TravelWeight,
            FloatingEndsFree = whole.FloatingEndsFree,
        };
    }

    private static T[] Pick<T>(T[] from, int[] at)
    {
        T[] picked = new T[at.Length];
        for (int i = 0; i < at.Length; i++)
            picked[i] = from[at[i]];
        return picked;
    }

    private static int[] Rows(int[] from, int[] at, int width)
    {
        int[] rows = new int[at.Length * width];
        for (int i = 0; i < at.Length; i++)
            from.AsSpan(at[i] * width, width).CopyTo(rows.AsSpan(i * width));
        return rows;
    }

    private int[] Square(int[] from, int[] places)
    {
        int[] square = new int[places.Length * places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlySpan<int> row = from.AsSpan(places[i] * whole.Places, whole.Places);
            Span<int> own = square.AsSpan(i * places.Length, places.Length);
            for (int k = 0; k < places.Length; k++)
                own[k] = row[places[k]];
        }

        return square;
    }

    private T[] Table<T>(T[] from)
    {
        T[] table = new T[technicians.Length * jobs.Length];
        for (int t = 0; t < technicians.Length; t++)
        {
            ReadOnlySpan<T> row = from.AsSpan(technicians[t] * whole.Jobs, whole.Jobs);
            for (int j = 0; j < jobs.Length; j++)
                table[(t * jobs.Length) + j] = row[jobs[j]];
        }

        return table;
    }
}
