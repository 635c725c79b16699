using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.Watch;

/// <summary>What an open job waits for.</summary>
/// <param name="Stuck">Nothing that is named will move it.</param>
public readonly record struct Waiting(string For, bool Stuck);

/// <summary>Says of an open job what it waits for; pure.</summary>
public static class OpenJobs
{
    /// <summary>So much later than planned somebody may be before the job counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>A bench works by day, and parcels travel by day: what moves neither today nor tomorrow is stuck.</summary>
    private static readonly TimeSpan MailPatience = TimeSpan.FromHours(36);

    /// <param name="planned">Whether the newest plan has the job in a route.</param>
    /// <param name="pause">How long after a change the planner may take to have looked.</param>
    public static Waiting Of(JobView job, bool planned, DateTimeOffset now, TimeSpan pause) => job.Status switch
    {
        "requested" => new("a dispatcher who looks what it takes", false),
        "queued" when job.Unplaced is { Count: > 0 } reasons => new("unplaced: " + string.Join(", ", reasons.Select(r => r.Code).Order(StringComparer.Ordinal)), false),
        "queued" when planned => new("its turn in a technician's route", false),
        "queued" when now - job.UpdatedAt < pause => new("the planner's next look", false),
        "queued" => new("nothing that is named (queued)", true),
        "offered" => job.OfferExpiresAt is { } until && now < until + pause ? new("a technician's answer", false) : new("an answer that is overdue (offered)", true),
        "accepted" => Until(job.Visit?.DepartAt, now, "the technician's departure"),
        "enRoute" => Until(job.Visit?.ArriveAt, now, "the technician's arrival"),
        "repaired" when job.Mode == "mailIn" => MailUntil(job, now, "the check"),
        "arrived" or "repaired" or "signed" => Until(job.Visit?.FinishAt, now, "the end of the repair"),
        "booked" => MailUntil(job, now, "the courier's pick-up"),
        "inTransit" => MailUntil(job, now, "the parcel on its way to the point"),
        "received" => MailUntil(job, now, "inspection"),
        "inspected" => MailUntil(job, now, "a free bench"),
        "onBench" => MailUntil(job, now, "the repair at the bench"),
        "checked" => MailUntil(job, now, "packing"),
        "packed" => MailUntil(job, now, "the courier's pick-up at the point"),
        "shipped" => MailUntil(job, now, "the parcel on its way back"),
        "delivered" => MailUntil(job, now, "the customer's confirmation"),
        _ => new("nothing that is named (" + job.Status + ")", true),
    };

    private static Waiting Until(DateTimeOffset? planned, DateTimeOffset now, string what) =>
        planned is { } at && now < at + Patience ? new(what, false) : new($"{what}, overdue", true);

    private static Waiting MailUntil(JobView job, DateTimeOffset now, string what) =>
        now - job.UpdatedAt < MailPatience ? new(what, false) : new($"{what}, overdue", true);
}
