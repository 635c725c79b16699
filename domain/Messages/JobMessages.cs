using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Messages;

/// <summary>A message an event of a job asks for.</summary>
public sealed record JobMessage(MessageTemplate Template, MessageFacts Facts);

/// <summary>Which events of a job the customer is told of, and with what. Pure. At most one message per event.</summary>
public static class JobMessages
{
    /// <param name="after">The job with the event.</param>
    public static JobMessage? Of(JobState after, JobEvent fact) => fact switch
    {
        JobRequested => after.Request.Windows.IsDefaultOrEmpty
            ? new(MessageTemplate.RequestedMailIn, MessageFacts.None)
            : new(MessageTemplate.Requested, new(Interval: FirstWindow(after))),
        JobAccepted e => new(MessageTemplate.Accepted, new(ArrivalPromise.Of(after), e.Technician)),
        TechnicianDeparted e => new(MessageTemplate.OnTheWay, new(ArrivalPromise.Of(after), e.Technician)),
        TechnicianArrived e => new(MessageTemplate.Arrived, new(Technician: e.Technician)),
        RepairCompleted e => new(e.Outcome == RepairOutcome.Repaired ? MessageTemplate.Repaired : MessageTemplate.NotRepaired, MessageFacts.None),
        JobRescheduled => new(MessageTemplate.Rescheduled, new(Interval: FirstWindow(after))),
        JobCancelled => new(MessageTemplate.Cancelled, MessageFacts.None),
        _ => null,
    };

    private static TimeWindow FirstWindow(JobState job) => job.Request.Windows.MinBy(w => w.From);
}
