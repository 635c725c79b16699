namespace Dispatch.Bench.Dynamic;

/// <summary>A stop as it happened, in ticks. Node 0 is the depot.</summary>
/// <param name="Decided">When it was fixed as the technician's next.</param>
/// <param name="Depart">When the technician set off to it.</param>
/// <param name="Start">When the work there began.</param>
public readonly record struct DayStop(int Node, long Decided, long Depart, long Start);

/// <summary>Where one technician stands in the day. Only <see cref="DaySimulator"/> changes it.</summary>
public sealed class TechnicianDay
{
    private readonly DayInstance day;
    private readonly List<DayStop> stops = [];
    private readonly int[] stock;

    public TechnicianDay(DayInstance day, int technician)
    {
        this.day = day;
        Technician = technician;
        Home = technician + 1;
        Place = Home;
        Free = day.Opens(Home);
        ShiftEnd = day.Closes(Home);
        stock = [.. day.Rows[Home].Parts];
    }

    public int Technician { get; }

    /// <summary>Row number of the home.</summary>
    public int Home { get; }

    /// <summary>Row number of the last stop set off to, or the home.</summary>
    public int Place { get; private set; }

    /// <summary>When the work at <see cref="Place"/> is done.</summary>
    public long Free { get; private set; }

    public long ShiftEnd { get; }

    public bool HasLeft => stops.Count > 0;

    public bool DepotDone { get; private set; }

    /// <summary>On the way home, or there, for good.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Units left of each part; of no matter once <see cref="DepotDone"/>.</summary>
    public IReadOnlyList<int> Stock => stock;

    public IReadOnlyList<DayStop> Stops => stops;

    internal void SetOff(int node, long now)
    {
        long start = Math.Max(now + day.Travel(Place, node), day.Opens(node));
        stops.Add(new DayStop(node, now, now, start));
        Free = start + day.Service(node);
        Place = node;
        if (node == 0)
            DepotDone = true;
        for (int part = 0; node != 0 && !DepotDone && part < stock.Length; part++)
            stock[part] -= day.Rows[node].Parts[part];
    }

    internal void EndDay() => IsOver = true;
}
