namespace Dispatch.Domain.Matching.Points;

/// <summary>A bench of that kind has a free place on some day, not too far ahead, after the parcel can have arrived.</summary>
public sealed class BenchConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question) => question.FirstOpenDay is not null
        ? null
        : PointConstraints.Violated("point.bench_full", "add_bench_places", 1, ("category", question.Job.Bench), ("perDay", question.Point.Profile.PerDay(question.Job.Bench)));
}
