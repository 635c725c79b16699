using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;

namespace Dispatch.Grains.Contracts.Technicians;

/// <summary>Either a refusal or the version after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technicianReply")]
public sealed record TechnicianReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version);

/// <summary>A technician with the number of their newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedTechnician")]
public sealed record VersionedTechnician([property: Id(0)] TechnicianState State, [property: Id(1)] long Version);

/// <summary>Where a technician was, by the time of their device. Never stored with the state, never an event.</summary>
/// <param name="Heading">Degrees clockwise from north, if known.</param>
/// <param name="AccuracyMetres">How far off it may be, if the device says so.</param>
[GenerateSerializer, Immutable, Alias("dispatch.position")]
public sealed record Position(
    [property: Id(0)] TechnicianId Technician,
    [property: Id(1)] Place Place,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] double? Heading,
    [property: Id(4)] double? AccuracyMetres = null);

/// <summary>A position that is kept out of every map, by its place in what was sent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.refusedPosition")]
public sealed record RefusedPosition([property: Id(0)] int Index, [property: Id(1)] Refusal Refusal);

/// <summary>Why nothing was looked at, or which positions were refused; the others were taken.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.positionsReply")]
public sealed record PositionsReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] ImmutableArray<RefusedPosition> Refused);

/// <summary>The ledger of one technician's time, parts and tools. Key: tenant/technician id.</summary>
[Alias("dispatch.ITechnicianGrain")]
public interface ITechnicianGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Every command about a slot is idempotent by job and epoch, so jobs
    /// send them without an operation. Calls no other grain before it answers, but where room is asked for that a change of plan keeps past its time: that is asked
    /// what became of it.
    /// </summary>
    [Alias("Execute")]
    Task<TechnicianReply> Execute(TechnicianCommand command, Operation? operation);

    /// <summary>The present state, or null if there is no such technician.</summary>
    [Alias("Get")]
    Task<VersionedTechnician?> Get();

    /// <summary>As <see cref="ReportEach"/>; the refusal of the first where none was taken. Asked by hosts of the version before.</summary>
    [Alias("Report"), AlwaysInterleave]
    Task<Refusal?> Report(ImmutableArray<Position> positions);

    /// <summary>
    /// The newest believable position becomes the technician's, unless a newer one is known; all are refused while off duty. A bad one costs no good one.
    /// Kept in memory only: after a restart the next report tells.
    /// </summary>
    [Alias("ReportEach"), AlwaysInterleave]
    Task<PositionsReply> ReportEach(ImmutableArray<Position> positions);

    /// <summary>Looks at what is due: a change of plan past its time, an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
