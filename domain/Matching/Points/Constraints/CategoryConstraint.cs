namespace Dispatch.Domain.Matching.Points;

/// <summary>The point has a bench of the kind that the repair takes.</summary>
public sealed class CategoryConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question) =>
        question.Point.Profile.PerDay(question.Job.Bench) > 0
            ? null
            : PointConstraints.Violated("point.category_missing", "add_bench", 1, ("category", question.Job.Bench));
}
