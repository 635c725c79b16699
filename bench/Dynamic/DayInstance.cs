using Dispatch.Domain.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Dynamic;

/// <summary>
/// What is known of a day before it begins, in ticks and row numbers: the crew, the ways, and the rules of every request. A planner is only ever
/// asked about requests that are known already, so that it may look up their rows here.
/// </summary>
public sealed class DayInstance
{
    /// <summary>Ticks per time unit of the instance.</summary>
    public const long TicksPerUnit = 100_000;

    private readonly TrspInstance instance;
    private readonly int[] travel;

    public DayInstance(TrspInstance instance)
    {
        this.instance = instance;
        IReadOnlyList<TrspRow> rows = instance.Rows;
        travel = new int[rows.Count * rows.Count];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = 0; k < rows.Count; k++)
                travel[(i * rows.Count) + k] = (int)
                    Math.Min(
                        Math.Ceiling(Math.Sqrt(Square(rows[i].X - rows[k].X) + Square(rows[i].Y - rows[k].Y)) * TicksPerUnit),
                        RoutingProblem.Unreachable
                    );
        }
    }

    public string Name => instance.Name;

    public int Crew => instance.Crew;

    public int Parts => instance.Parts;

    public IReadOnlyList<TrspRow> Rows => instance.Rows;

    /// <summary>Row number of the first request; those before are the depot, 0, and the homes of technicians 0, 1, … as 1, 2, …</summary>
    public int FirstRequest => instance.Crew + 1;

    public static long Ticks(double units) => (long)Math.Round(units * TicksPerUnit);

    public long Opens(int row) => Ticks(Rows[row].Opens);

    public long Closes(int row) => Ticks(Rows[row].Closes);

    public long Service(int row) => Ticks(Rows[row].Service);

    /// <summary>Ticks from one row's place to another's, rounded up.</summary>
    public int Travel(int from, int to) => travel[(from * Rows.Count) + to];

    /// <summary>Whether the technician has every skill of the request.</summary>
    public bool IsAble(int technician, int request) => !Rows[request].Skills.Except(Rows[technician + 1].Skills).Any();

    /// <summary>Whether the technician has every tool of the request without a call at the depot.</summary>
    public bool HasTools(int technician, int request) => !Rows[request].Tools.Except(Rows[technician + 1].Tools).Any();

    private static double Square(double x) => x * x;
}
