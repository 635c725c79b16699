using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Matching.Points;

/// <summary>The point has the parts, and nobody holds them.</summary>
public sealed class PointPartConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question)
    {
        foreach (PartQuantity wanted in question.Job.Needs.Parts)
            if (question.PartsLeft(wanted.Code) is var left && left < wanted.Quantity)
                return PointConstraints.Violated("point.part_missing", "add_stock", wanted.Quantity - left, ("part", wanted.Code), ("wanted", wanted.Quantity), ("left", Math.Max(0, left)));
        return null;
    }
}
