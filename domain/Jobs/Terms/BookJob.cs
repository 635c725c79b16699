namespace Dispatch.Domain.Jobs;

/// <summary>
/// A customer books a mode of the comparison: the job begins with its terms, and with what they reserve. Asked again after its first answer was lost, it goes on with what is begun.
/// </summary>
/// <param name="HeldUntil">So long the ledgers keep what is reserved while the job is being written.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.bookTerms")]
public sealed record BookJob(
    [property: Id(0)] JobId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] JobRequest Request,
    [property: Id(4)] ServiceNeeds Needs,
    [property: Id(5)] AgreedTerms Terms,
    [property: Id(6)] DateTimeOffset HeldUntil) : JobCommand;

/// <summary>The technician of a booked visit keeps its time for good. Asked by the job itself.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.keepAppointment")]
public sealed record KeepAppointment : JobCommand;
