using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Urgent;

/// <summary>Who has which skill at which level, as numbers, so that asking everybody costs next to nothing.</summary>
internal sealed class SkillTable
{
    private const int NobodyHas = -1;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly int[] levels;

    public SkillTable(ImmutableArray<TechnicianSnapshot> technicians)
    {
        foreach (TechnicianSnapshot technician in technicians)
            foreach (string skill in technician.Skills.Keys)
                numbers.TryAdd(skill, numbers.Count);
        levels = new int[technicians.Length * numbers.Count];
        Array.Fill(levels, int.MinValue);
        for (int t = 0; t < technicians.Length; t++)
            foreach ((string skill, int level) in technicians[t].Skills)
                levels[(t * numbers.Count) + numbers[skill]] = level;
    }

    /// <summary>What a job needs, in the table's numbers.</summary>
    public (int Skill, int Level)[] Wanted(JobSnapshot job) => [.. job.Skills.Select(need => (numbers.GetValueOrDefault(need.Key, NobodyHas), need.Value))];

    public bool Has(int technician, ReadOnlySpan<(int Skill, int Level)> wanted)
    {
        foreach ((int skill, int level) in wanted)
            if (skill == NobodyHas || levels[(technician * numbers.Count) + skill] < level)
                return false;
        return true;
    }
}
