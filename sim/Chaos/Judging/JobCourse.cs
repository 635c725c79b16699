using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>
/// One job as its events tell it, followed by a model of its own: which step may follow which, who has it, under which epoch. What the model cannot follow is said.
/// </summary>
public sealed class JobCourse(string job)
{
    private static readonly Dictionary<string, (string[] From, string? To)> Steps = new(StringComparer.Ordinal)
    {
        ["job.requested"] = ([""], "requested"),
        ["job.triaged"] = (["requested", "queued"], null),
        ["job.queued"] = (["requested", "queued", "offered", "accepted", "enRoute", "arrived", "booked"], "queued"),
        ["job.offered"] = (["queued"], "offered"),
        ["job.accepted"] = (["offered"], "accepted"),
        ["job.declined"] = (["offered"], null),
        ["job.expired"] = (["offered"], null),
        ["job.withdrawn"] = (["queued", "offered", "accepted", "enRoute", "arrived"], null),
        ["job.departed"] = (["accepted"], "enRoute"),
        ["job.arrived"] = (["enRoute"], "arrived"),
        ["job.signed"] = (["repaired"], "signed"),
        ["job.rescheduled"] = (["requested", "queued", "offered", "accepted", "enRoute"], null),
        ["job.unplaced"] = (["queued"], null),
        ["job.booked"] = (["queued"], "booked"),
        ["job.bookingConfirmed"] = (["booked"], null),
        ["job.bookingLost"] = (["booked"], null),
        ["job.bookingWithdrawn"] = (["booked"], null),
        ["job.received"] = (["booked", "inTransit"], "received"),
        ["job.inspected"] = (["received"], "inspected"),
        ["job.benchStarted"] = (["inspected"], "onBench"),
        ["job.benchFinished"] = (["onBench"], "repaired"),
        ["job.packed"] = (["checked", "inspected", "onBench"], "packed"),
        ["job.quoted"] = (["arrived", "inspected", "onBench"], null),
        ["job.quoteApproved"] = (["arrived", "inspected", "onBench"], null),
        ["job.quoteRefused"] = (["arrived", "inspected", "onBench"], null),
        ["job.quoteLapsed"] = (["arrived", "inspected", "onBench"], null),
        ["job.shipped"] = (["packed"], "shipped"),
        ["job.delivered"] = (["packed", "shipped"], "delivered"),
        ["job.repaired"] = (["arrived"], "repaired"),
        ["job.closed"] = (["signed", "delivered", "repaired"], "closed"),
        ["job.cancelled"] = (["requested", "queued", "offered", "accepted", "enRoute", "arrived", "booked"], "cancelled"),
    };

    private readonly List<HistoryEvent> events = [];
    private readonly Dictionary<long, string> acceptedBy = [];
    private readonly HashSet<string> candidates = new(StringComparer.Ordinal);
    private string status = "";
    private long epoch;

    public string Job => job;

    public string Status => status;

    public long Epoch => epoch;

    /// <summary>Who has it now.</summary>
    public string? Holder { get; private set; }

    /// <summary>The service point whose bench keeps a confirmed place for it now.</summary>
    public string? Bench { get; private set; }

    /// <summary>Number n is at n - 1, as long as there is no hole.</summary>
    public IReadOnlyList<HistoryEvent> Events => events;

    public HistoryEvent? At(long number) => number >= 1 && number <= events.Count ? events[(int)number - 1] : null;

    public IEnumerable<Violation> Meet(HistoryEvent e)
    {
        if (e.Number != events.Count + 1)
            yield return new(Wrong.WorkLost, $"{job}: event {e.Number} follows {events.Count}");
        events.Add(e);
        long stated = e.Integer("epoch") ?? epoch;
        if (stated < epoch && e.Type != "job.staleWork")
            yield return new(Wrong.Inconsistent, $"{job}: {e.Type} {e.Number} under epoch {stated} after {epoch}");
        foreach (Violation v in Assigned(e, stated))
            yield return v;
        if (e.Type is "job.staleWork" or "job.parcelMoved" or "job.checked" ? !Free(e) : !Step(e))
            yield return new(Wrong.Inconsistent, $"{job}: {e.Type} {e.Number} while {(status.Length == 0 ? "not requested" : status)}, then {e.Text("status")}");
        epoch = Math.Max(epoch, stated);
        status = e.Text("status") ?? status;
    }

    private bool Step(HistoryEvent e) => Steps.TryGetValue(e.Type, out var step) && step.From.Contains(status) && e.Text("status") == (step.To ?? status);

    /// <summary>Events whose outcome depends on more than their type.</summary>
    private bool Free(HistoryEvent e) => e.Type switch
    {
        "job.checked" => status == "repaired" && e.Text("status") is "checked" or "onBench",
        "job.parcelMoved" => e.Text("status") == status || (status == "booked" && e.Text("status") == "inTransit"),
        _ => e.Text("status") == status,
    };

    private IEnumerable<Violation> Assigned(HistoryEvent e, long stated)
    {
        string? technician = e.Text("technicianId");
        switch (e.Type)
        {
            case "job.offered":
                candidates.Clear();
                candidates.UnionWith(e.Ids("candidates"));
                break;
            case "job.accepted":
                if (Holder is not null)
                    yield return new(Wrong.DoubleAssignment, $"{job}: accepted by {technician} while {Holder} has it");
                if (acceptedBy.TryGetValue(stated, out string? other))
                    yield return new(Wrong.DoubleAssignment, $"{job}: accepted by {technician} and by {other} under epoch {stated}");
                if (technician is null || !candidates.Contains(technician))
                    yield return new(Wrong.Inconsistent, $"{job}: accepted by {technician}, who was not asked");
                acceptedBy[stated] = Holder = technician ?? "";
                break;
            case "job.departed" or "job.arrived" or "job.repaired" or "job.signed":
                if (technician != Holder)
                    yield return new(Wrong.DoubleAssignment, $"{job}: {e.Type} by {technician}, had by {Holder ?? "nobody"}");
                break;
            case "job.bookingConfirmed":
                Bench = e.Text("pointId");
                break;
            case "job.benchFinished" or "job.quoteRefused" or "job.packed":
                Bench = null;
                break;
            case "job.queued" or "job.withdrawn" or "job.cancelled":
                Holder = Bench = null;
                candidates.Clear();
                break;
        }
    }
}
