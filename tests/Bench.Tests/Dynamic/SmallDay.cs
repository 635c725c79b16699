using Dispatch.Bench.Dynamic;
using Dispatch.Bench.Generation;
using Dispatch.Instances;
using Dispatch.Domain.Matching;

namespace Bench.Tests.Dynamic;

/// <summary>A generated day that is over in a moment.</summary>
internal sealed class SmallDay
{
    public SmallDay(int seed)
    {
        var generator = new TrspGenerator(8, 32, 300, 60, seed);
        Instance = generator.Make("small");
        Releases = ReleaseTimes.Parse(
            "small_rd_50.txt",
            TrspGenerator.Write(Instance, generator.Releases(Instance, 50)),
            Instance.Crew + 1,
            Instance.Rows.Count - 1
        );
        Day = new DayInstance(Instance);
    }

    public TrspInstance Instance { get; }

    public IReadOnlyDictionary<int, double> Releases { get; }

    public DayInstance Day { get; }

    public static IDayPlanner Search(ulong seed = 1) => new SearchPlanner(new SearchBudget(100), seed);

    public DayRecord Run(IDayPlanner planner, DeparturePolicy? policy = null, bool standsBy = true) =>
        new DaySimulator(Day, Releases, planner, policy ?? new DeparturePolicy(DayInstance.Ticks(20), DayInstance.Ticks(10)), standsBy).Run();

    /// <summary>Lets another plan, and keeps what each look showed.</summary>
    public sealed class Witness(IDayPlanner planner) : IDayPlanner
    {
        public List<(long Now, int[] Open, DayStop[][] Stops)> Looks { get; } = [];

        public IReadOnlyList<IReadOnlyList<int>> Plan(DayState state)
        {
            Looks.Add((state.Now, [.. state.Open], [.. state.Crew.Select(technician => technician.Stops.ToArray())]));
            return planner.Plan(state);
        }
    }
}
