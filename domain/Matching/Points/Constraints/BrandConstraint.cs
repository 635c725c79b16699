namespace Dispatch.Domain.Matching.Points;

/// <summary>The point is authorised for the brand; a customer who names none may go anywhere.</summary>
public sealed class BrandConstraint : IPointConstraint
{
    public Violation? Check(PointQuestion question) =>
        question.Job.Brand is not { } brand || question.Point.Profile.Brands.Contains(brand, StringComparer.OrdinalIgnoreCase)
            ? null
            : PointConstraints.Violated("point.brand_not_authorised", "authorise_brand", 1, ("brand", brand));
}
