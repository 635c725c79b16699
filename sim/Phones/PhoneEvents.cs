using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>Reads events of a technician's own stream as what they mean to the phone.</summary>
public static class PhoneEvents
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The job an offer or a change of plan is about, whose node must be known to read it; null for other events.</summary>
    public static (string Job, long Epoch, JsonElement? View)? Offer(StreamEvent e) =>
        e.Type is "job.offered" or "job.moved" ? (JobOf(e), EpochOf(e), e.Data.TryGetProperty("view", out JsonElement view) ? view : null) : null;

    /// <summary>What a snapshot of the technician's own stream says they have to do, and where their last stop ended; null where it does not know them.</summary>
    public static (TechnicianView Technician, ImmutableArray<(JobView Job, JsonElement View, StopProgress Progress)> Jobs)? ReadSnapshot(StreamSnapshot snapshot, string me)
    {
        if (snapshot.Technicians.ValueKind != JsonValueKind.Array || snapshot.Technicians.GetArrayLength() == 0)
            return null;
        TechnicianView technician = snapshot.Technicians[0].Deserialize<TechnicianView>(Json) ?? throw new JsonException("A technician who is null.");
        return (technician,
        [
            .. from view in snapshot.Jobs.EnumerateArray()
               let job = view.Deserialize<JobView>(Json)!
               let progress = ProgressOf(job, me)
               where progress is not null
               select (job, view, progress.Value),
        ]);
    }

    private static StopProgress? ProgressOf(JobView job, string me) => (job.Status, job.TechnicianId == me) switch
    {
        ("offered", _) => job.Candidates?.Contains(me) == true ? StopProgress.Offered : null,
        ("accepted", true) => StopProgress.Accepted,
        ("enRoute", true) => StopProgress.UnderWay,
        ("arrived", true) => StopProgress.AtWork,
        ("repaired", true) => StopProgress.Repaired,
        ("signed", true) => StopProgress.Signed,
        _ => null,
    };

    /// <param name="me">The technician's id.</param>
    /// <param name="node">The offered job's node; not used for other events.</param>
    /// <param name="unwilling">The code to decline the offer with, if the technician would rather not.</param>
    /// <returns>Null where the event changes nothing for the phone.</returns>
    public static PhoneInput? Read(StreamEvent e, string me, DayClock clock, int node, string? unwilling = null) => e.Type switch
    {
        "job.offered" => Offered(e, me, clock, node, unwilling),
        "job.moved" => Offered(e, me, clock, node, null) ?? new PhoneInput.Lost(JobOf(e), EpochOf(e), Inclusive: false),
        "job.accepted" => TechnicianOf(e) == me ? new PhoneInput.Confirmed(JobOf(e), EpochOf(e)) : new PhoneInput.Lost(JobOf(e), EpochOf(e), Inclusive: true),
        "job.withdrawn" or "job.cancelled" or "job.expired" => new PhoneInput.Lost(JobOf(e), EpochOf(e), Inclusive: false),
        "technician.depotOrdered" => DepotOrdered(e, clock),
        "technician.depotCancelled" => e.Data.TryGetProperty("number", out JsonElement number) ? new PhoneInput.DepotCancelled(number.GetInt32()) : null,
        _ => null,
    };

    private static PhoneInput? Offered(StreamEvent e, string me, DayClock clock, int node, string? unwilling)
    {
        foreach (JsonElement candidate in e.Data.GetProperty("candidates").EnumerateArray())
            if (candidate.GetProperty("technicianId").GetString() == me)
                return new PhoneInput.Offered(
                    JobOf(e), node, EpochOf(e), clock.ToDay(candidate.GetProperty("visit").GetProperty("departAt").GetDateTimeOffset()), clock.ToDay(e.At), unwilling);
        return null;
    }

    private static PhoneInput? DepotOrdered(StreamEvent e, DayClock clock)
    {
        // The view may be newer than the event: a call that is no longer in it needs no stop.
        if (!e.Data.TryGetProperty("view", out JsonElement view) || view.Deserialize<TechnicianView>(Json)?.DepotCall is not { } call)
            return null;
        return new PhoneInput.DepotOrdered(call.Number, clock.ToDay(call.DepartAt), clock.ToDay(e.At));
    }

    private static string JobOf(StreamEvent e) => e.Data.GetProperty("jobId").GetString() ?? throw new JsonException($"{e.Type} without a job.");

    private static long EpochOf(StreamEvent e) => e.Data.GetProperty("epoch").GetInt64();

    private static string? TechnicianOf(StreamEvent e) =>
        e.Data.TryGetProperty("technicianId", out JsonElement id) ? id.GetString()
        : e.Data.TryGetProperty("view", out JsonElement view) && view.TryGetProperty("technicianId", out id) ? id.GetString()
        : null;
}
