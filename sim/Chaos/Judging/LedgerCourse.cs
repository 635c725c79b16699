using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>The time of one technician as the ledger's events tell it: no two firm pieces of work may share more than an end.</summary>
public sealed class LedgerCourse(string technician)
{
    private sealed record Piece(string Job, long Epoch, bool Firm, DateTimeOffset Start, DateTimeOffset Finish, DateTimeOffset Opens, TimeSpan Service, DateTimeOffset? Expires);

    private readonly Dictionary<string, Piece> pieces = new(StringComparer.Ordinal);

    /// <summary>Jobs whose time is firmly kept, with the epoch.</summary>
    public IEnumerable<(string Job, long Epoch)> Firm => pieces.Values.Where(p => p.Firm).Select(p => (p.Job, p.Epoch));

    public IEnumerable<Violation> Meet(HistoryEvent e)
    {
        switch (e.Type)
        {
            case "technician.reserved":
                JsonElement c = e.Data.GetProperty("commitment"), visit = c.GetProperty("visit");
                foreach (Piece lapsed in pieces.Values.Where(p => !p.Firm && p.Expires <= e.At).ToList())
                    pieces.Remove(lapsed.Job);
                return Put(new Piece(
                    c.GetProperty("jobId").GetString()!, c.GetProperty("epoch").GetInt64(), c.GetProperty("status").GetString() != "reserved",
                    visit.GetProperty("startAt").GetDateTimeOffset(), visit.GetProperty("finishAt").GetDateTimeOffset(),
                    c.TryGetProperty("windowOpens", out JsonElement opens) ? opens.GetDateTimeOffset() : DateTimeOffset.MinValue,
                    TimeSpan.FromSeconds(c.GetProperty("serviceSeconds").GetInt64()),
                    c.TryGetProperty("expiresAt", out JsonElement expires) && expires.ValueKind == JsonValueKind.String ? expires.GetDateTimeOffset() : null));
            case "technician.confirmed" when Of(e) is { } p:
                return Put(p with { Firm = true, Expires = null });
            case "technician.confirmed":
                return [new(Wrong.Inconsistent, $"{technician}: {e.Text("jobId")} confirmed, but nothing was kept")];
            case "technician.released" when Of(e) is { } p && p.Epoch <= e.Integer("upTo"):
                pieces.Remove(p.Job);
                return [];
            case "technician.finished" when Of(e) is { } p:
                pieces.Remove(p.Job);
                return [];
            case "technician.progressed" when e.Text("status") == "onSite" && Of(e) is { } p && e.Time("at") is { } arrived:
                return Put(Earlier(p, arrived));
            default:
                return [];
        }
    }

    private Piece? Of(HistoryEvent e) => pieces.GetValueOrDefault(e.Text("jobId") ?? "");

    /// <summary>Work that is begun early ends early, where nothing else stands in the time it moves to.</summary>
    private Piece Earlier(Piece p, DateTimeOffset arrived)
    {
        DateTimeOffset start = arrived > p.Opens ? arrived : p.Opens;
        Piece moved = p with { Start = start, Finish = start + p.Service };
        return moved.Finish < p.Finish && !pieces.Values.Any(o => o.Job != p.Job && Overlap(o, moved)) ? moved : p;
    }

    private List<Violation> Put(Piece one)
    {
        pieces[one.Job] = one;
        return one.Firm
            ? [.. pieces.Values.Where(o => o.Firm && o.Job != one.Job && Overlap(o, one)).Select(o => new Violation(
                Wrong.DoubleAssignment, $"{technician}: {one.Job} from {one.Start:O} to {one.Finish:O} and {o.Job} from {o.Start:O} to {o.Finish:O} overlap"))]
            : [];
    }

    private static bool Overlap(Piece a, Piece b) => a.Start < b.Finish && b.Start < a.Finish;
}
