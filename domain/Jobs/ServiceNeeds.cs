using System.Collections.Immutable;

namespace Dispatch.Domain.Jobs;

/// <summary>A skill a job asks for, at this level or above.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.skillLevel")]
public readonly record struct SkillLevel([property: Id(0)] string Code, [property: Id(1)] int Level);

/// <summary>So many units of a part.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.partQuantity")]
public readonly record struct PartQuantity([property: Id(0)] string Code, [property: Id(1)] int Quantity);

/// <summary>What a technician must bring to a job. Lists are ordered by code and hold no code twice.</summary>
/// <param name="Service">Expected time of work on site.</param>
/// <param name="Priority">Higher is planned first where not everything fits; 0 is ordinary.</param>
[GenerateSerializer, Immutable, Alias("dispatch.serviceNeeds")]
public sealed record ServiceNeeds(
    [property: Id(0)] ImmutableArray<SkillLevel> Skills,
    [property: Id(1)] ImmutableArray<string> Tools,
    [property: Id(2)] ImmutableArray<PartQuantity> Parts,
    [property: Id(3)] TimeSpan Service,
    [property: Id(4)] int Priority)
{
    /// <summary>Sorts the lists and merges repeated codes, so that equal needs are written equally.</summary>
    public static ServiceNeeds Of(IEnumerable<SkillLevel> skills, IEnumerable<string> tools, IEnumerable<PartQuantity> parts, TimeSpan service, int priority = 0) => new(
        [.. skills.GroupBy(s => s.Code, StringComparer.Ordinal).Select(g => new SkillLevel(g.Key, g.Max(s => s.Level))).OrderBy(s => s.Code, StringComparer.Ordinal)],
        [.. tools.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        [.. parts.GroupBy(p => p.Code, StringComparer.Ordinal).Select(g => new PartQuantity(g.Key, g.Sum(p => p.Quantity))).Where(p => p.Quantity > 0).OrderBy(p => p.Code, StringComparer.Ordinal)],
        service,
        priority);
}
