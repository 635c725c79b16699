using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>Breaks as jobs of the routing model: numbered behind the snapshot's jobs, technician by technician.</summary>
internal sealed class BreakJobs
{
    private readonly ImmutableArray<(int Technician, BreakSnapshot Break)> all;
    private readonly int[] first;
    private readonly int jobs;

    public BreakJobs(PlanningSnapshot snapshot)
    {
        jobs = snapshot.Jobs.Length;
        first = new int[snapshot.Technicians.Length + 1];
        for (int t = 0; t < snapshot.Technicians.Length; t++)
            first[t + 1] = first[t] + snapshot.Technicians[t].Breaks.Length;
        all = [.. snapshot.Technicians.SelectMany((technician, t) => technician.Breaks.Select(pause => (t, pause)))];
    }

    public int Count => all.Length;

    /// <summary>The model's job numbers of all breaks, with whose they are.</summary>
    public IEnumerable<(int Job, int Technician, BreakSnapshot Break)> All => all.Select((entry, i) => (jobs + i, entry.Technician, entry.Break));

    /// <summary>The model's job numbers of one technician's breaks.</summary>
    public IEnumerable<int> Of(int technician) => Enumerable.Range(jobs + first[technician], first[technician + 1] - first[technician]);

    /// <summary>Whether a job of the model is a break.</summary>
    public bool Has(int job) => job >= jobs;

    /// <summary>The break that a job of the model stands for.</summary>
    public BreakSnapshot this[int job] => all[job - jobs].Break;
}
