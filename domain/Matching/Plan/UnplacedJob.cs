using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Matching;

/// <summary>A job in no route, with the reason per technician, counted by code.</summary>
/// <param name="Job">The job.</param>
/// <param name="Reasons">
/// By how close the technicians came: first the code that only the most suitable ones failed. Each technician is counted once, under the
/// first constraint that stops him; where it depends on the place in the route, under that of his best place. Empty only if the zone has no technician.
/// </param>
[GenerateSerializer, Immutable, Alias("dispatch.unplacedJob")]
public sealed record UnplacedJob(
    [property: Id(0)] JobId Job,
    [property: Id(1)] ImmutableArray<UnplacedReason> Reasons)
{
    /// <summary>The zone has no technician at work, so that there is nobody to give a reason for.</summary>
    public const string NoTechnician = "plan.no_technician";

    /// <summary>The reasons as codes with how many technicians each stops: never empty, so that a job left out always says why.</summary>
    [JsonIgnore]
    public ImmutableArray<UnplacedCount> Counts => Reasons.IsEmpty
        ? [new UnplacedCount(NoTechnician, 1)]
        : [.. Reasons.Select(reason => new UnplacedCount(reason.Code, reason.Technicians))];
}

/// <param name="Code">Refusal code of the constraint.</param>
/// <param name="Technicians">How many technicians it stops; at least 1.</param>
/// <param name="Nearest">The one who came closest.</param>
/// <param name="Example">What exactly stops that one.</param>
/// <param name="Remedy">Code of what would help.</param>
[GenerateSerializer, Immutable, Alias("dispatch.unplacedReason")]
public sealed record UnplacedReason(
    [property: Id(0)] string Code,
    [property: Id(1)] int Technicians,
    [property: Id(2)] TechnicianId Nearest,
    [property: Id(3)] Violation Example,
    [property: Id(4)] string Remedy);
