using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs;

using Decision = Decision<JobEvent>;

/// <summary>
/// The first facts of a job that is booked. Pure. Whether what its terms reserve is to be had is not known here; the grain asks the ledgers before it records any of this.
/// </summary>
internal static class BookingDecider
{
    public static Decision Booked(BookJob c, DateTimeOffset now)
    {
        if (JobDecider.CheckRequest(c.Request, now) is { } refusal)
            return refusal;
        JobRequested requested = new(c.Id, c.Tenant, c.Zone, c.Request, now, c.Terms);
        JobEvent? held = Held(c, now);
        return held is null ? JobRefusals.NothingReserved(c.Request.Mode) : Decision.Of(requested, new JobTriaged(c.Needs), held);
    }

    /// <summary>Whether the job is this booking, told again after its first answer was lost.</summary>
    public static bool IsThat(JobState job, BookJob c) => job.Terms is { } terms && terms.Mode == c.Terms.Mode && terms.Price == c.Terms.Price && job.Request.Place == c.Request.Place;

    /// <summary>Facts only while the appointment is open; harmless at any time.</summary>
    public static Decision Kept(JobState job, DateTimeOffset now)
    {
        if (!job.AwaitsAppointment)
            return Decision.Nothing;
        return now < job.OfferExpiresAt ? new JobAccepted(job.Epoch, job.Candidates[0].Technician, []) : JobRefusals.OfferExpired(job);
    }

    private static JobEvent? Held(BookJob c, DateTimeOffset now)
    {
        (Epoch first, Reservation held) = (Epoch.Zero.Next, c.Terms.Reserved);
        if (c.Request.Mode.IsVisit())
            return held is { Technician: { } technician, Visit: { } visit } ? new JobOffered(first, [new Candidate(technician, visit)], c.HeldUntil) : null;
        return held is { Point: { } point, Day: { } day }
            ? MailInDecider.BookingOf(c.Tenant, c.Id, c.Request, first, new Booking(point, day, held.Bench ?? Booking.NoBench, c.Terms.Until, Confirmed: false), now)
            : null;
    }
}
