using System.Text.Json.Nodes;
using Dispatch.Domain;

namespace Dispatch.Simulation.Tests;

/// <summary>The newest quote of a job as its public events tell it, and what may not happen while it stands so. Written down by hand from what a quote promises.</summary>
internal sealed record QuoteModel(long Number, string State, IReadOnlyDictionary<string, long> Parts)
{
    /// <exception cref="ViolationException">The event breaks what the quote promises, or answers one that was not open.</exception>
    public static QuoteModel? After(JobId id, JobModel before, string type, JsonNode data)
    {
        QuoteModel? quote = before.Quote;
        Check(id, before, quote?.State, type, data);
        switch (type)
        {
            case "job.quoted":
                JsonNode given = data["quote"]!;
                long number = given["number"]!.GetValue<long>();
                if (number != (quote?.Number ?? 0) + 1 || quote?.State == "refused")
                    throw new ViolationException($"{id}: quote {number} after {quote?.Number.ToString() ?? "none"}, which is {quote?.State}");
                return new QuoteModel(number, "open", Units(given["terms"]!["lines"]!.AsArray().Where(l => l!["kind"]!.GetValue<string>() == "part")));
            case "job.quoteApproved" or "job.quoteRefused" or "job.quoteLapsed":
                if (quote is not { State: "open" } || quote.Number != data["number"]!.GetValue<long>())
                    throw new ViolationException($"{id}: {type} of {data["number"]} while {quote?.Number} is {quote?.State}");
                return quote with { State = type["job.quote".Length..].ToLowerInvariant() };
            case "job.withdrawn" or "job.cancelled" when quote is { State: "open" }:
                return quote with { State = "withdrawn" };
            default:
                return quote;
        }
    }

    private static void Check(JobId id, JobModel before, string? state, string type, JsonNode data)
    {
        bool repaired = type is "job.repaired" or "job.benchFinished" && data["outcome"]!.GetValue<string>() == "repaired";
        bool worked = repaired || type == "job.benchStarted", ended = type is "job.repaired" or "job.benchFinished";
        if (state == "open" && (worked || ended))
            throw new ViolationException($"{id}: {type} while quote {before.Quote!.Number} was open");
        if (state is "refused" or "lapsed" && worked)
            throw new ViolationException($"{id}: {type} although quote {before.Quote!.Number} was {state}");
        if (state == "refused" && ended && data["partsUsed"]!.AsArray().Count > 0)
            throw new ViolationException($"{id}: {type} with parts after a refusal: {data["partsUsed"]}");
        if (state == "approved" && repaired)
            foreach ((string part, long used) in Units(data["partsUsed"]!.AsArray()))
                if (used > before.Quote!.Parts.GetValueOrDefault(part))
                    throw new ViolationException($"{id}: {type} with {used} of {part}; quote {before.Quote.Number} covers {before.Quote.Parts.GetValueOrDefault(part)}");
        // Nothing is checked of what was exchanged.
        if (type == "job.packed" && before.Status != (before.IsSwap ? "repaired" : "checked") && state is not ("refused" or "lapsed"))
            throw new ViolationException($"{id}: packed while {before.Status}, and nobody has refused anything");
    }

    private static Dictionary<string, long> Units(IEnumerable<JsonNode?> lines) =>
        lines.GroupBy(l => l!["code"]!.GetValue<string>(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(l => l!["quantity"]!.GetValue<long>()), StringComparer.Ordinal);
}
