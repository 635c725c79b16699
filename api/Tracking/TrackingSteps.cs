using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts.Feeds;

namespace Dispatch.Api.Tracking;

/// <summary>The way a job went, from its events: which status since when. Pure.</summary>
internal static class TrackingSteps
{
    /// <summary>One step per change of status; what happened without one (another reason, other windows) is no step.</summary>
    public static IReadOnlyList<StepView> Of(ImmutableArray<SequencedEvent> events)
    {
        List<StepView> steps = [];
        foreach (SequencedEvent e in events)
            if (StatusAfter(e.Type) is { } status && (steps.Count == 0 || steps[^1].Status != status))
                steps.Add(new StepView(status, e.At));
        return steps;
    }

    private static JobStatus? StatusAfter(string type) => type switch
    {
        "job.requested" => JobStatus.Requested,
        "job.queued" => JobStatus.Queued,
        "job.offered" => JobStatus.Offered,
        "job.accepted" => JobStatus.Accepted,
        "job.departed" => JobStatus.EnRoute,
        "job.arrived" => JobStatus.Arrived,
        "job.repaired" => JobStatus.Repaired,
        "job.signed" => JobStatus.Signed,
        "job.closed" => JobStatus.Closed,
        "job.cancelled" => JobStatus.Cancelled,
        _ => null,
    };
}
