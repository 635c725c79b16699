using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;

namespace Dispatch.Sim.Chaos.Judging;

/// <summary>The benches and the shelf of one service point as its events tell it: no day above its places, no part promised twice.</summary>
public sealed class BenchCourse(string point)
{
    private sealed record Place(string Job, long Epoch, string Day, string Category, IReadOnlyDictionary<string, int> Parts, bool Firm, bool Used, DateTimeOffset? Expires)
    {
        public bool HasLapsed(DateTimeOffset now) => !Firm && Expires <= now;
    }

    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> perDay = new(StringComparer.Ordinal), stock = new(StringComparer.Ordinal);
    private TimeZoneInfo zone = TimeZoneInfo.Utc;

    /// <summary>Jobs whose place is firmly kept and not used yet, with the epoch.</summary>
    public IEnumerable<(string Job, long Epoch)> Firm => places.Values.Where(p => p is { Firm: true, Used: false }).Select(p => (p.Job, p.Epoch));

    /// <summary>The fullest any bench day ever was, in parts of its places.</summary>
    public double Fullest { get; private set; }

    public IEnumerable<Violation> Meet(HistoryEvent e)
    {
        switch (e.Type)
        {
            case "point.defined":
                JsonElement profile = e.Data.GetProperty("profile");
                zone = TimeZoneInfo.FindSystemTimeZoneById(profile.GetProperty("hours").GetProperty("timeZone").GetString()!);
                perDay.Clear();
                foreach (JsonElement slot in profile.GetProperty("slots").EnumerateArray())
                    perDay[slot.GetProperty("category").GetString()!] = slot.GetProperty("perDay").GetInt32();
                stock.Clear();
                foreach ((string code, int quantity) in Parts(e.Data.GetProperty("stock")))
                    stock[code] = quantity;
                return [];
            case "point.reserved":
                JsonElement s = e.Data.GetProperty("slot");
                Place place = new(
                    s.GetProperty("jobId").GetString()!, s.GetProperty("epoch").GetInt64(), s.GetProperty("day").GetString()!, s.GetProperty("category").GetString()!,
                    Parts(s.GetProperty("parts")), false, false, s.TryGetProperty("expiresAt", out JsonElement until) && until.ValueKind == JsonValueKind.String ? until.GetDateTimeOffset() : null);
                places[place.Job] = place;
                return Check(place, e.At);
            case "point.confirmed" when Of(e) is { } p:
                places[p.Job] = p with { Firm = true, Expires = null };
                return Check(places[p.Job], e.At);
            case "point.confirmed":
                return [new(Wrong.Inconsistent, $"{point}: {e.Text("jobId")} confirmed, but nothing was kept")];
            case "point.released" when Of(e) is { } p && p.Epoch <= e.Integer("upTo"):
                places.Remove(p.Job);
                return [];
            case "point.finished" when Of(e) is { } p:
                return Finish(p, e);
            default:
                return [];
        }
    }

    private Place? Of(HistoryEvent e) => places.GetValueOrDefault(e.Text("jobId") ?? "");

    private IEnumerable<Violation> Finish(Place p, HistoryEvent e)
    {
        string today = TimeZoneInfo.ConvertTime(e.Time("at") ?? e.At, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // What was done before its day leaves the place of that day free.
        if (string.CompareOrdinal(p.Day, today) > 0)
            places.Remove(p.Job);
        else
            places[p.Job] = p with { Firm = true, Used = true };
        foreach ((string code, int used) in Parts(e.Data.GetProperty("partsUsed")))
        {
            int left = stock.GetValueOrDefault(code) - used;
            stock[code] = Math.Max(0, left);
            if (left < 0)
                yield return new(Wrong.CapacityOverrun, $"{point}: {p.Job} used {used} {code} where {left + used} were left");
        }
    }

    private IEnumerable<Violation> Check(Place one, DateTimeOffset now)
    {
        List<Place> kept = [.. places.Values.Where(p => !p.HasLapsed(now))];
        int taken = kept.Count(p => p.Day == one.Day && p.Category == one.Category), most = perDay.GetValueOrDefault(one.Category);
        Fullest = Math.Max(Fullest, most == 0 ? 0 : (double)taken / most);
        if (taken > most)
            yield return new(Wrong.CapacityOverrun, $"{point}: {taken} devices on the {one.Category} bench of {one.Day}, which has {most} places ({one.Job})");
        foreach (string code in one.Parts.Keys)
        {
            int promised = kept.Where(p => !p.Used).Sum(p => p.Parts.GetValueOrDefault(code));
            if (promised > stock.GetValueOrDefault(code))
                yield return new(Wrong.CapacityOverrun, $"{point}: {promised} {code} promised, {stock.GetValueOrDefault(code)} there ({one.Job})");
        }
    }

    private static Dictionary<string, int> Parts(JsonElement list) =>
        list.EnumerateArray().GroupBy(p => p.GetProperty("code").GetString()!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(p => p.GetProperty("quantity").GetInt32()), StringComparer.Ordinal);
}
