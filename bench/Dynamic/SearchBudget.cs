using System.Globalization;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Dynamic;

/// <summary>What a search may spend on one event: rounds, which makes a day repeatable, or wall time.</summary>
/// <param name="Rounds">Rounds of improvement; of no matter where time is given.</param>
/// <param name="Seconds">Wall time, or 0 for rounds.</param>
public sealed record SearchBudget(long Rounds, double Seconds = 0)
{
    public SearchLimit Start() => Seconds > 0
        ? new SearchLimit(long.MaxValue, TimeSpan.FromSeconds(Seconds), TimeProvider.System, TimeProvider.System.GetTimestamp())
        : new SearchLimit(Rounds);

    public override string ToString() => Seconds > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Seconds} s per event")
        : string.Create(CultureInfo.InvariantCulture, $"{Rounds} rounds per event");
}
