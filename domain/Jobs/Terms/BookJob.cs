using System.Collections.Immutable;

namespace Dispatch.Domain.Jobs;

/// <summary>
/// A customer books a mode of the comparison: the job begins with its terms, and with what they reserve. Asked again after its first answer was lost, it goes on with what is begun.
/// </summary>
/// <param name="HeldUntil">So long the ledgers keep what is reserved while the job is being written.</param>
/// <param name="Later">Days that will do as well where the bench has no place left on the day of the terms, in the order in which they are
/// wanted. The point's ledger chooses, so that of many who
/// book at once nobody is sent away while a day is free.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.bookTerms")]
public sealed record BookJob(
    [property: Id(0)] JobId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] JobRequest Request,
    [property: Id(4)] ServiceNeeds Needs,
    [property: Id(5)] AgreedTerms Terms,
    [property: Id(6)] DateTimeOffset HeldUntil,
    [property: Id(7)] ImmutableArray<LaterDay> Later = default) : JobCommand
{
    /// <summary>The days the point may choose from instead.</summary>
    public ImmutableArray<DateOnly> LaterDays => LaterDay.DaysOf(Later);

    /// <summary>The booking with the terms of the day that the point has kept.</summary>
    public BookJob OnDay(DateOnly day) =>
        LaterDay.On(day, Terms.Reserved.Day, Later) is { } later
            ? this with
            {
                Terms = Terms with
                {
                    From = later.From,
                    Until = later.Until,
                    Loaner = later.Loaner,
                    Reserved = Terms.Reserved with { Day = day },
                },
            }
            : this;
}

/// <summary>The technician of a booked visit keeps its time for good. Asked by the job itself.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.keepAppointment")]
public sealed record KeepAppointment : JobCommand;
