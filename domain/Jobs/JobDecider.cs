using System.Collections.Immutable;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs;

using Decision = Decision<JobEvent>;

/// <summary>
/// Says what a command does to a job: facts or a refusal. Pure: the same arguments give the same answer. Whether a technician has the
/// time free is not known here; the grain reserves it before it records an offer and confirms it before it records an acceptance.
/// </summary>
public static class JobDecider
{
    /// <summary>Why a job was taken from somebody who may get it back: the customer wants another time.</summary>
    public const string ForAnotherTime = "rescheduled";

    public static Decision Decide(JobState? state, long version, JobCommand command, DateTimeOffset now, JobRules rules)
    {
        if (command is RequestJob request)
            return state is null ? Requested(request, now) : Refused(JobRefusals.IdTaken(state.Id));
        if (command is BookJob book)
            return state is null ? BookingDecider.Booked(book, now) : BookingDecider.IsThat(state, book) ? Decision.Nothing : Refused(JobRefusals.IdTaken(state.Id));
        if (state is not { } job)
            return Refusal.Of("job.unknown", RefusalKind.Unknown);
        if (command is SettleMove settle)
            return MoveDecider.Settled(job, settle);
        if (WrongMode(job, command) is { } other)
            return other;
        if (command is ParkJob park)
            return MoveDecider.Parked(job, park, now);
        if (job.Parked is not null)
            return JobRefusals.PlanUnderWay(job);
        return command switch
        {
            TriageJob c => Triaged(job, c),
            OfferJob c => Offered(job, c, now),
            AcceptOffer c => Accepted(job, c, now),
            DeclineOffer c => Declined(job, c, now),
            ExpireOffer => Expired(job, now),
            KeepAppointment => BookingDecider.Kept(job, now),
            Depart c => Step(job, c.Technician, c.Epoch, c.OccurredAt, JobStatus.Accepted, JobStatus.EnRoute, now, rules, at => new TechnicianDeparted(job.Epoch, c.Technician, at)),
            Arrive c => Step(job, c.Technician, c.Epoch, c.OccurredAt, JobStatus.EnRoute, JobStatus.Arrived, now, rules, at => new TechnicianArrived(job.Epoch, c.Technician, at)),
            CompleteRepair c => Completed(job, c, now, rules),
            SignAcceptance c => Step(job, c.Technician, c.Epoch, c.OccurredAt, JobStatus.Repaired, JobStatus.Signed, now, rules, at => new AcceptanceSigned(job.Epoch, c.Technician, at, c.SignatureDigest)),
            CloseJob c => Closed(job, c, now, rules),
            CorrectDevice c => Corrected(job, c),
            CancelJob c => Cancelled(job, c),
            RescheduleJob c => Rescheduled(job, version, c, now),
            ReassignJob c => Reassigned(job, version, c),
            RecordUnplaced c => Unplaced(job, c),
            BookBench c => MailInDecider.Booked(job, c, now),
            ConfirmBooking c => MailInDecider.Confirmed(job, c),
            LoseBooking c => MailInDecider.Lost(job, c),
            RecordParcel c => MailInDecider.Parcel(job, c, now, rules),
            PointStep c => MailInDecider.Step(job, c, now, rules),
            ConfirmReturn => MailInDecider.Returned(job, now),
            GiveQuote c => QuoteDecider.Given(job, c, now),
            AnswerQuote c => QuoteDecider.Answered(job, c, now),
            LapseQuote => QuoteDecider.Lapsed(job, now),
            RenewLink c => LinkDecider.Renewed(job, c, now),
            WithdrawLink c => LinkDecider.Withdrawn(job, c, now),
            CloseDelivered => MailInDecider.CloseDelivered(job, now, rules),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    /// <summary>Null if the windows can be promised at all: at least one, none reversed, the last not over.</summary>
    public static Refusal? CheckWindows(ImmutableArray<TimeWindow> windows, DateTimeOffset now)
    {
        if (windows.IsDefaultOrEmpty)
            return JobRefusals.NoWindow();
        foreach (TimeWindow window in windows)
            if (window.To < window.From)
                return JobRefusals.WindowReversed(window);
        TimeWindow last = windows.MaxBy(w => w.To);
        return last.To <= now ? JobRefusals.WindowInPast(last, now) : null;
    }

    /// <summary>Null if what was asked can be asked at all; a parcel needs no window.</summary>
    public static Refusal? CheckRequest(JobRequest request, DateTimeOffset now) =>
        !request.Mode.IsVisit() && request.Windows.IsDefaultOrEmpty ? null : CheckWindows(request.Windows, now);

    private static Refusal? WrongMode(JobState job, JobCommand command) => command switch
    {
        OfferJob or AcceptOffer or DeclineOffer or Depart or Arrive or CompleteRepair or SignAcceptance or RescheduleJob or ParkJob when !job.Mode.IsVisit() => JobRefusals.WrongMode(job),
        BookBench or PointStep when job.Mode.IsVisit() => JobRefusals.WrongMode(job),
        GiveQuote when job.Mode.IsSwap() => JobRefusals.WrongMode(job),
        RecordParcel or ConfirmReturn when !job.Mode.HasParcels() => JobRefusals.WrongMode(job),
        ReassignJob { To: not null } when !job.Mode.IsVisit() => JobRefusals.WrongMode(job),
        _ => null,
    };

    private static Decision Requested(RequestJob c, DateTimeOffset now)
    {
        if (CheckRequest(c.Request, now) is { } refusal)
            return refusal;
        JobRequested requested = new(c.Id, c.Tenant, c.Zone, c.Request, now);
        return c.Needs is null ? Decision.Of(requested) : Decision.Of(requested, new JobTriaged(c.Needs), new JobQueued("requested"));
    }

    private static Decision Triaged(JobState job, TriageJob c) => job.Status switch
    {
        JobStatus.Requested => Decision.Of(new JobTriaged(c.Needs), new JobQueued("triaged")),
        JobStatus.Queued => Decision.Of(new JobTriaged(c.Needs)),
        _ => JobRefusals.WrongStatus(job, nameof(JobStatus.Queued)),
    };

    private static Decision Offered(JobState job, OfferJob c, DateTimeOffset now)
    {
        if (c.Expected != job.Epoch)
            return c.Expected < job.Epoch ? JobRefusals.EpochStale(job, c.Expected) : JobRefusals.EpochAhead(job, c.Expected);
        if (!job.IsWaiting)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Queued));
        if (c.Candidates.IsDefaultOrEmpty || (c.Direct && c.Candidates.Length != 1))
            return JobRefusals.NoCandidate();
        if (job.LockedTo is { } locked && c.Candidates.Any(x => x.Technician != locked))
            return JobRefusals.LockedElsewhere(job);
        JobOffered offered = new(job.Epoch.Next, c.Candidates, c.ExpiresAt);
        return c.Direct ? Decision.Of(offered, new JobAccepted(job.Epoch.Next, c.Candidates[0].Technician, [])) : Decision.Of(offered);
    }

    private static Decision Accepted(JobState job, AcceptOffer c, DateTimeOffset now)
    {
        if (CheckEpoch(job, c.Epoch) is { } refusal)
            return refusal;
        if (job.Assigned is { } assigned)
            return assigned == c.Technician ? Decision.Nothing : JobRefusals.Taken(job);
        if (job.Status != JobStatus.Offered)
            return JobRefusals.NotOffered(job);
        if (job.CandidateOf(c.Technician) is null)
            return JobRefusals.OfferNotYours(job, c.Technician);
        if (now >= job.OfferExpiresAt)
            return JobRefusals.OfferExpired(job);
        return new JobAccepted(job.Epoch, c.Technician, [.. job.Candidates.Select(x => x.Technician).Where(t => t != c.Technician)]);
    }

    private static Decision Declined(JobState job, DeclineOffer c, DateTimeOffset now)
    {
        if (CheckEpoch(job, c.Epoch) is { } refusal)
            return refusal;
        if (job.Status != JobStatus.Offered)
            return JobRefusals.NotOffered(job);
        if (job.CandidateOf(c.Technician) is null)
            return JobRefusals.OfferNotYours(job, c.Technician);
        Epoch epoch = job.Candidates.Length == 1 ? job.Epoch.Next : job.Epoch;
        OfferDeclined declined = new(epoch, c.Technician, c.Reason, now);
        return job.Candidates.Length == 1 ? Decision.Of(declined, new JobQueued("declined")) : Decision.Of(declined);
    }

    private static Decision Expired(JobState job, DateTimeOffset now) =>
        job.Status == JobStatus.Offered && now >= job.OfferExpiresAt
            ? Decision.Of(new OfferExpired(job.Epoch.Next, [.. job.Candidates.Select(c => c.Technician)], now), new JobQueued("expired"))
            : Decision.Nothing;

    private static Decision Completed(JobState job, CompleteRepair c, DateTimeOffset now, JobRules rules)
    {
        (DeviceIdentity? unit, Refusal? impossible) = Swaps.UnitGiven(job, c.Outcome, c.NewSerial);
        ImmutableArray<PartQuantity> parts = c.PartsUsed ?? Swaps.UsualParts(job, c.Outcome);
        Decision completed = Step(job, c.Technician, c.Epoch, c.OccurredAt, JobStatus.Arrived, JobStatus.Repaired, now, rules,
            at => new RepairCompleted(job.Epoch, c.Technician, at, c.Outcome, parts, c.Work, unit));
        // The visit has ended by the customer's no; a phone that says otherwise must hear that, and not that it is so.
        if (completed is { Refusal: null, Events.IsEmpty: true } && c.Outcome != RepairOutcome.NotRepaired && job is { Status: JobStatus.Repaired, Quote: { Status: QuoteStatus.Refused } refused })
            return JobRefusals.QuoteRefused(job, refused);
        return QuoteDecider.Unless(impossible ?? QuoteDecider.AgainstEnd(job, c.Outcome, parts), completed);
    }

    private static Decision Step(
        JobState job, TechnicianId technician, Epoch epoch, DateTimeOffset at, JobStatus from, JobStatus to,
        DateTimeOffset now, JobRules rules, Func<DateTimeOffset, JobEvent> fact)
    {
        if (epoch < job.Epoch)
            return to == JobStatus.Repaired
                ? new Decision([new StaleWorkReported(epoch, technician, at, to.ToString())], JobRefusals.EpochStale(job, epoch))
                : JobRefusals.EpochStale(job, epoch);
        if (epoch > job.Epoch)
            return JobRefusals.EpochAhead(job, epoch);
        if (job.Assigned is null)
            return JobRefusals.WrongStatus(job, from.ToString());
        if (job.Assigned != technician)
            return JobRefusals.NotYours(job, technician);
        if (job.Status == to)
            return Decision.Nothing;
        if (job.Status != from)
            return JobRefusals.WrongStatus(job, from.ToString());
        if (at > now + rules.DeviceClockAhead)
            return JobRefusals.TimeInFuture(at, now);
        return Decision.Of(fact(at));
    }

    private static Decision Closed(JobState job, CloseJob c, DateTimeOffset now, JobRules rules)
    {
        if (c.Technician is { } technician)
            return Step(job, technician, c.Epoch, c.OccurredAt, JobStatus.Signed, JobStatus.Closed, now, rules, at => new JobClosed(job.Epoch, technician, at));
        if (CheckEpoch(job, c.Epoch) is { } refusal)
            return refusal;
        if (job.Status == JobStatus.Closed)
            return Decision.Nothing;
        bool over = !job.Mode.IsVisit() ? job.Status == JobStatus.Delivered : job.Status is JobStatus.Signed or JobStatus.Repaired;
        return over
            ? Decision.Of(new JobClosed(job.Epoch, null, c.OccurredAt))
            : JobRefusals.WrongStatus(job, !job.Mode.IsVisit() ? nameof(JobStatus.Delivered) : nameof(JobStatus.Signed));
    }

    /// <summary>A unit that was given for the device is entered under its number, and both are in the register for good.</summary>
    private static Decision Corrected(JobState job, CorrectDevice c)
    {
        if (c.Device == job.Request.Device)
            return Decision.Nothing;
        if (job.Status == JobStatus.Cancelled)
            return JobRefusals.Ended(job);
        return job.NewUnit is null ? new DeviceCorrected(c.Device) : JobRefusals.DeviceSwapped(job);
    }

    private static Decision Cancelled(JobState job, CancelJob c)
    {
        if (job.Status == JobStatus.Cancelled)
            return Decision.Nothing;
        if (job.Status >= JobStatus.Repaired)
            return JobRefusals.Ended(job);
        if (job.Status >= JobStatus.InTransit)
            return JobRefusals.ParcelUnderWay(job);
        return new JobCancelled(job.Epoch.Next, c.Reason, Holders(job));
    }

    private static Decision Rescheduled(JobState job, long version, RescheduleJob c, DateTimeOffset now)
    {
        if (c.ExpectedVersion is { } expected && expected != version)
            return JobRefusals.VersionOutdated(expected, version);
        if (job.Status >= JobStatus.Arrived)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Queued));
        if (CheckWindows(c.Windows, now) is { } refusal)
            return refusal;
        JobRescheduled rescheduled = new(c.Windows);
        return job.Candidates.IsEmpty
            ? Decision.Of(rescheduled)
            : Decision.Of(rescheduled, new JobWithdrawn(job.Epoch.Next, Holders(job), job.LockedTo, ForAnotherTime), new JobQueued(ForAnotherTime));
    }

    private static Decision Reassigned(JobState job, long version, ReassignJob c)
    {
        if (c.ExpectedVersion is { } expected && expected != version)
            return JobRefusals.VersionOutdated(expected, version);
        if (!job.Mode.IsVisit())
            return MailInDecider.Withdrawn(job, c);
        if (job.Status is JobStatus.Requested or >= JobStatus.Repaired)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Accepted));
        return Decision.Of(new JobWithdrawn(job.Epoch.Next, Holders(job), c.To, c.Reason), new JobQueued("reassigned"));
    }

    private static Decision Unplaced(JobState job, RecordUnplaced c)
    {
        if (c.Expected != job.Epoch || !job.IsWaiting || job.Unplaced.SequenceEqual(c.Reasons))
            return Decision.Nothing;
        return new JobUnplaced(c.Reasons);
    }

    internal static Refusal? CheckEpoch(JobState job, Epoch given) =>
        given < job.Epoch ? JobRefusals.EpochStale(job, given) : given > job.Epoch ? JobRefusals.EpochAhead(job, given) : null;

    internal static ImmutableArray<TechnicianId> Holders(JobState job) => [.. job.Candidates.Select(c => c.Technician)];

    private static Decision Refused(Refusal refusal) => refusal;
}
