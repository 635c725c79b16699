namespace Dispatch.Domain.Matching.Points;

/// <summary>The point takes parcels of the territory the customer lives in.</summary>
public sealed class ServedConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question) =>
        question.Point.Profile.Serves.Contains(question.Job.Zone)
            ? null
            : PointConstraints.Violated("point.not_served", "serve_zone", 1, ("zone", question.Job.Zone));
}
