using System.Collections.Immutable;
using System.Text.Json;
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
            if ((StatusAfter(e.Type) ?? StatusIn(e)) is { } status && (steps.Count == 0 || steps[^1].Status != status))
                steps.Add(new StepView(status, e.At));
        return steps;
    }

    /// <summary>The status an event of a parcel or of a check left the job in, which depends on more than its type.</summary>
    private static JobStatus? StatusIn(SequencedEvent e)
    {
        if (e.Type is not ("job.parcelMoved" or "job.checked"))
            return null;
        using JsonDocument data = JsonDocument.Parse(e.Data);
        return data.RootElement.TryGetProperty("status", out JsonElement status) && Enum.TryParse(status.GetString(), ignoreCase: true, out JobStatus after) ? after : null;
    }

    private static JobStatus? StatusAfter(string type) => type switch
    {
        "job.requested" => JobStatus.Requested,
        "job.queued" => JobStatus.Queued,
        "job.offered" => JobStatus.Offered,
        "job.accepted" => JobStatus.Accepted,
        "job.departed" => JobStatus.EnRoute,
        "job.arrived" => JobStatus.Arrived,
        "job.repaired" or "job.benchFinished" => JobStatus.Repaired,
        "job.booked" => JobStatus.Booked,
        "job.received" => JobStatus.Received,
        "job.inspected" => JobStatus.Inspected,
        "job.benchStarted" => JobStatus.OnBench,
        "job.packed" => JobStatus.Packed,
        "job.shipped" => JobStatus.Shipped,
        "job.delivered" or "job.handedOver" => JobStatus.Delivered,
        "job.signed" => JobStatus.Signed,
        "job.closed" => JobStatus.Closed,
        "job.cancelled" => JobStatus.Cancelled,
        _ => null,
    };
}
