using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Matching.Points;

/// <summary>Somebody at the point has every skill the repair takes, at its level or above.</summary>
public sealed class PointSkillConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question)
    {
        foreach (SkillLevel wanted in question.Job.Needs.Skills)
        {
            int level = question.Point.Profile.Skills.Where(s => string.Equals(s.Code, wanted.Code, StringComparison.Ordinal)).Select(s => s.Level).DefaultIfEmpty(-1).Max();
            if (level < wanted.Level)
                return PointConstraints.Violated("point.skill_missing", "assign_skill", wanted.Level - level, ("skill", wanted.Code), ("needed_level", wanted.Level), ("level", level));
        }
        return null;
    }
}
