namespace Dispatch.Domain.Matching.Constraints;

/// <summary>The technician has every skill the job needs, at its level or above.</summary>
public sealed class SkillConstraint : IPlanningConstraint
{
    public string Code => "plan.skill_missing";

    public string Remedy => "assign_skill";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (FirstMissing(technician, job) is not null)
        {
            model.Builder.Forbid(t, j);
        }
    });

    public Violation? Check(RouteCandidate candidate)
    {
        foreach (var job in candidate.Jobs)
        {
            if (FirstMissing(candidate.Technician, job) is { } missing)
            {
                var lacking = job.Skills.Sum(need => Math.Max(0, need.Value - LevelOf(candidate.Technician, need.Key)));
                return this.Violated(
                    lacking,
                    ("job", job.Id.Value),
                    ("skill", missing),
                    ("needed_level", job.Skills[missing]),
                    ("level", LevelOf(candidate.Technician, missing)));
            }
        }

        return null;
    }

    // A skill that is needed at level 0 still has to be there.
    private static string? FirstMissing(TechnicianSnapshot technician, JobSnapshot job)
    {
        foreach (var (skill, level) in job.Skills)
        {
            if (!technician.Skills.TryGetValue(skill, out var has) || has < level)
            {
                return skill;
            }
        }

        return null;
    }

    private static int LevelOf(TechnicianSnapshot technician, string skill) => technician.Skills.GetValueOrDefault(skill, -1);
}
