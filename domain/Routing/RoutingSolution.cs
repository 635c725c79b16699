using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>A finished plan in the solver's own terms.</summary>
/// <param name="Routes">Per technician the nodes visited, start and end left out; depots included.</param>
/// <param name="Unserved">Jobs in no route, ascending.</param>
/// <param name="Cost">Total in the problem's units, unserved jobs included.</param>
/// <param name="Iterations">Improvement rounds done.</param>
/// <param name="Improvements">Rounds that found a new best.</param>
public sealed record RoutingSolution(
    ImmutableArray<ImmutableArray<int>> Routes, ImmutableArray<int> Unserved, long Cost, long Iterations, long Improvements);
