namespace Dispatch.Domain.Matching;

/// <summary>A break, taken wherever the technician is. It costs nothing by itself; one that would come behind the day's last stop is taken at home.</summary>
/// <param name="Window">When it begins, both ends inclusive.</param>
/// <param name="Length">How long it lasts.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planningBreak")]
public sealed record BreakSnapshot([property: Id(0)] TimeWindow Window, [property: Id(1)] TimeSpan Length);
