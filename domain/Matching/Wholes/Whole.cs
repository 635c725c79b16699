using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>All parts of one job that takes several visits or several technicians, step by step.</summary>
/// <param name="Id">The whole's own id.</param>
/// <param name="Steps">In order; each with the parts that begin together.</param>
/// <param name="Price">What leaving all of it out costs, in units of <see cref="PlanMoney"/>.</param>
internal sealed record Whole(JobId Id, ImmutableArray<ImmutableArray<JobSnapshot>> Steps, long Price)
{
    public IEnumerable<JobSnapshot> Parts => Steps.SelectMany(step => step);

    /// <summary>The wholes of a snapshot, the dearest to leave out first.</summary>
    public static ImmutableArray<Whole> In(PlanningSnapshot snapshot, PricingContext pricing) =>
    [
        .. snapshot.Jobs.Where(job => job.Part is not null).GroupBy(job => job.Part!.Whole)
            .Select(parts => new Whole(parts.Key, StepsOf(parts), parts.Sum(part => pricing.PriceOfLeaving(part))))
            .OrderByDescending(whole => whole.Price).ThenBy(whole => whole.Id.Value, StringComparer.Ordinal),
    ];

    /// <summary>Time between the end of the step before and the beginning of this one.</summary>
    public TimeSpan GapBefore(int step) => Steps[step].Max(part => part.Part!.Gap);

    /// <summary>When a step ends that begins then.</summary>
    public DateTimeOffset EndOf(int step, DateTimeOffset begins) => begins + Steps[step].Max(part => part.Service);

    private static ImmutableArray<ImmutableArray<JobSnapshot>> StepsOf(IEnumerable<JobSnapshot> parts) =>
        [.. parts.GroupBy(part => part.Part!.Step).OrderBy(step => step.Key).Select(step => step.OrderBy(part => part.Id.Value, StringComparer.Ordinal).ToImmutableArray())];
}
