using System.Reflection;
using System.Text.Json.Serialization;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;

namespace Dispatch.Simulation.Tests;

/// <summary>Which transitions of which kind of grain were made, and how often.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, long> seen = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Seen => seen;

    /// <summary>What there is to be made: for jobs by their table, for everything else by the events it has.</summary>
    public static IReadOnlyList<string> Wanted { get; } =
    [
        .. JobTransitions.All.Select(t => $"{t.From} {t.Event} {t.To}"),
        .. new[] { typeof(TechnicianEvent), typeof(ServicePointEvent), typeof(MessageEvent), typeof(ZoneEvent), typeof(IntentEvent), typeof(ProgrammeEvent) }
            .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(derived => (string)derived.TypeDiscriminator!),
    ];

    public IEnumerable<string> Missing => Wanted.Where(wanted => !seen.ContainsKey(wanted)).Order(StringComparer.Ordinal);

    public void Add(World world)
    {
        Dictionary<string, string> statuses = new(StringComparer.Ordinal);
        foreach (ModelFeedStore.Stored stored in world.Feeds.Events)
        {
            string type = stored.Entry.Type;
            if (type.StartsWith("job.", StringComparison.Ordinal))
            {
                string to = stored.Data["status"]!.GetValue<string>();
                Count($"{statuses.GetValueOrDefault(stored.Source, "none")} {type} {to}", 1);
                statuses[stored.Source] = to;
            }
            else
            {
                Count(type, 1);
            }
        }
    }

    public void Add(Coverage other)
    {
        foreach ((string what, long times) in other.seen)
            Count(what, times);
    }

    private void Count(string what, long times) => seen[what] = seen.GetValueOrDefault(what) + times;
}
