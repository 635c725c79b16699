using System.Text.Json.Nodes;
using Dispatch.Domain;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// A job as its public events tell it, by a table of its own: which event may follow in which status, where it leads, and what it does to the epoch. Shares nothing with the deciders.
/// </summary>
/// <param name="Quote">The newest quote: its number, how it stands, and the parts it covers.</param>
internal sealed record JobModel(string Status, long Epoch, QuoteModel? Quote, bool IsSwap)
{
    public static JobModel None { get; } = new("none", 0, null, false);

    /// <summary>The states after 0, 1, 2 … events.</summary>
    /// <exception cref="ViolationException">An event is not allowed where it stands, or says something else about itself than the table.</exception>
    public static JobModel[] Replay(JobId id, IEnumerable<(string Type, JsonNode Data)> events)
    {
        List<JobModel> states = [None];
        foreach ((string type, JsonNode data) in events)
        {
            JobModel before = states[^1];
            (string status, long epoch) = (data["status"]!.GetValue<string>(), data["epoch"]!.GetValue<long>());
            if (!JobTransitions.Allowed(before.Status, type, status))
                throw new ViolationException($"{id}: {type} in {before.Status} leads to {status}, which no rule allows (event {states.Count})");
            if (epoch != before.Epoch && (epoch != before.Epoch + 1 || !JobTransitions.Raises(type)))
                throw new ViolationException($"{id}: {type} takes epoch {before.Epoch} to {epoch} (event {states.Count})");
            bool swap = before.IsSwap || (type == "job.requested" && data["request"]!["mode"]!.GetValue<string>().StartsWith("swap", StringComparison.Ordinal));
            states.Add(new JobModel(status, epoch, QuoteModel.After(id, before, type, data), swap));
        }
        return [.. states];
    }
}
