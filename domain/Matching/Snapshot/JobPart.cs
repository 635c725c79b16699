namespace Dispatch.Domain.Matching;

/// <summary>
/// Makes a job of the snapshot one part of a whole that takes several visits in order, or several technicians at once, or both. A whole is planned with all its parts or not at all.
/// </summary>
/// <param name="Whole">The job that all its parts belong to; no part's own id.</param>
/// <param name="Step">Parts of the same step begin at the same moment with a technician each; a higher step begins after every lower one has ended.</param>
/// <param name="Gap">Least time between the end of the step before and this one's beginning, not negative: glue that dries, a part on order.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planningPart")]
public sealed record JobPart([property: Id(0)] JobId Whole, [property: Id(1)] int Step, [property: Id(2)] TimeSpan Gap);
