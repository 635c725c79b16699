using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Matching;

/// <summary>One constraint that one technician's route would break.</summary>
/// <param name="Code">The constraint's refusal code, for example <c>plan.skill_missing</c>.</param>
/// <param name="Facts">What was needed and what there is: ids, codes, whole numbers, RFC 3339 moments. Never prose.</param>
/// <param name="Remedy">Code of what would help, for example <c>assign_skill</c>.</param>
/// <param name="Excess">How far from allowed, in the constraint's own unit (levels, units, milliseconds); at least 1. Only compared within one code.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planViolation")]
public sealed record Violation(
    [property: Id(0)] string Code,
    [property: Id(1)] ImmutableArray<Fact> Facts,
    [property: Id(2)] string Remedy,
    [property: Id(3)] long Excess);
