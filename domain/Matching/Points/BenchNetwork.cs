namespace Dispatch.Domain.Matching.Points;

/// <summary>
/// The flow network of one case. A job goes to a day of a bench, where each further place weighs more than the one before: a convex cost, so that the places are filled in order and
/// the total is the sum of what each job is told.
/// </summary>
internal sealed class BenchNetwork
{
    private readonly BenchChoices choices;
    private readonly PartCase parts;
    private readonly BenchFlow flow;
    private readonly long scale;
    private readonly IReadOnlySet<(int Point, string Part)>? scarce;

    /// <summary>No point on earth has an earlier day now.</summary>
    private readonly int yesterday;
    private readonly Dictionary<int, int> dayNodes = [];
    private readonly List<(int Job, int Point, BenchChoice? Choice, int Arc)> offers = [];

    private BenchNetwork(BenchChoices choices, PartCase parts, IReadOnlySet<(int Point, string Part)>? scarce)
    {
        (this.choices, this.parts, this.scarce) = (choices, parts, scarce);
        flow = new BenchFlow([.. choices.Jobs.Select(job => job.Needs.Priority)]);
        // More than all ties added up can be.
        scale = scarce is not null ? 1 : 1 + ((long)choices.Jobs.Length * (choices.Jobs.Length + 1) / 2 * (choices.Points.IsEmpty ? 0 : choices.Points[0].Rules.DaysAhead + 4));
        yesterday = choices.Points.IsEmpty ? 0 : DateOnly.FromDateTime(choices.Points[0].Now.UtcDateTime).DayNumber - 1;
        for (int point = 0; point < choices.Points.Length; point++)
            Connect(point);
        flow.Solve();
    }

    /// <summary>
    /// Exact but for parts: what several jobs want together is not looked at. Of equally good matchings the one with the earlier days for whoever comes first.
    /// </summary>
    public static BenchNetwork Exact(BenchChoices choices, PartCase parts) => new(choices, parts, null);

    /// <summary>
    /// A bound: whoever competes for a part passes a gate for as many as can share it, behind which all are taken to have the best that any of them would have. Exact where that is the
    /// same for all and each takes as much as the others of no other scarce part.
    /// </summary>
    public static BenchNetwork Gated(BenchChoices choices, PartCase parts, IReadOnlySet<(int Point, string Part)> scarce) => new(choices, parts, scarce);

    public BenchTotal Total()
    {
        HashSet<int> served = [.. offers.Where(o => flow.FlowOn(o.Arc) > 0).Select(o => o.Job)];
        return BenchTotal.Of(choices.Jobs, served.Contains, flow.Cost() / scale);
    }

    /// <summary>Per job the place it gets; null for none. Only of an exact network.</summary>
    public BenchChoice?[] Chosen()
    {
        BenchChoice?[] chosen = new BenchChoice?[choices.Jobs.Length];
        foreach ((int job, int _, BenchChoice? choice, int arc) in offers)
            if (flow.FlowOn(arc) > 0)
                chosen[job] = choice;
        return chosen;
    }

    /// <summary>The pairs that compete for a part, those that came through the gate and those that did not.</summary>
    public ILookup<bool, (int Job, int Point)> Competing() => offers.Where(o => o.Choice is null).ToLookup(o => flow.FlowOn(o.Arc) > 0, o => (o.Job, o.Point));

    private void Connect(int point)
    {
        Dictionary<(string Part, string Category), List<int>> competing = [];
        for (int job = 0; job < choices.Jobs.Length; job++)
        {
            if (!parts.IsAllowed(job, point))
                continue;
            if (scarce is not null && parts.ScarcePart(job, point, scarce) is { } part)
            {
                (string, string) gate = (part, choices.Jobs[job].Bench);
                if (!competing.TryGetValue(gate, out List<int>? jobs))
                    competing[gate] = jobs = [];
                jobs.Add(job);
                continue;
            }

            foreach (BenchChoice choice in choices.Of(job, point))
                offers.Add((job, point, choice, flow.AddArc(job, DayNode(choice.Day), 1, (choice.WithoutLoad * scale) + Tie(job, choice))));
        }

        foreach (((string part, string _), List<int> jobs) in competing)
            AddGate(point, parts.Most(point, part), jobs);
    }

    private void AddGate(int point, int most, List<int> jobs)
    {
        Dictionary<int, long> behind = [];
        int before = flow.AddNode(), after = flow.AddNode();
        flow.AddArc(before, after, most, 0);
        foreach (int job in jobs)
        {
            long least = long.MaxValue;
            foreach (BenchChoice choice in choices.Of(job, point))
                least = Math.Min(least, choice.WithoutLoad);
            offers.Add((job, point, null, flow.AddArc(job, before, 1, least)));
            foreach (BenchChoice choice in choices.Of(job, point))
                behind[choice.Day] = Math.Min(behind.GetValueOrDefault(choice.Day, long.MaxValue), choice.WithoutLoad - least);
        }

        foreach ((int day, long cost) in behind.OrderBy(b => b.Key))
            flow.AddArc(after, DayNode(day), choices.Days[day].Places, cost);
    }

    private int DayNode(int day)
    {
        if (dayNodes.TryGetValue(day, out int node))
            return node;
        dayNodes[day] = node = flow.AddNode();
        BenchDay bench = choices.Days[day];
        // Arcs are tried newest first, so the cheapest is added last; the path would find it anyway.
        for (int k = bench.Places - 1; k >= 0; k--)
            flow.AddArc(node, flow.Sink, 1, choices.Points[0].Rules.Load(bench.Given + k, bench.PerDay) * scale);
        return node;
    }

    /// <summary>A day weighs the more, the earlier in order the job is: too little ever to outweigh one unit of money.</summary>
    private long Tie(int job, BenchChoice choice) => (long)(choices.Jobs.Length - job) * Math.Max(0, choice.Option.Day.DayNumber - yesterday);
}
