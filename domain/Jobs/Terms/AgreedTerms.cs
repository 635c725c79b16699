using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Offers;

namespace Dispatch.Domain.Jobs;

/// <summary>What was kept for a job before its customer was told yes. A fact of that moment: who has the job since, the job itself says.</summary>
/// <param name="Technician">Of a visit, with the times planned for it.</param>
/// <param name="Point">Of everything else, with a working day there and the kind of bench; the day alone where a unit is exchanged.</param>
/// <param name="Parts">Parts, or the unit to be given.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reservation")]
public sealed record Reservation(
    [property: Id(0), JsonPropertyName("technicianId")] TechnicianId? Technician,
    [property: Id(1)] Visit? Visit,
    [property: Id(2), JsonPropertyName("pointId")] ServicePointId? Point,
    [property: Id(3)] DateOnly? Day,
    [property: Id(4)] string? Bench,
    [property: Id(5)] ImmutableArray<PartQuantity> Parts);

/// <summary>A visit that a brand's programme pays for, wholly or in part.</summary>
/// <param name="Amount">What the brand pays of it, in minor units of money.</param>
/// <param name="Quota">Visits the programme grants in this region in all.</param>
/// <param name="Budget">What the brand pays in this region in all, in minor units of money.</param>
[GenerateSerializer, Immutable, Alias("dispatch.programmeGrant")]
public sealed record ProgrammeGrant(
    [property: Id(0)] ProgrammeId Programme, [property: Id(1)] long Amount, [property: Id(2)] int Quota, [property: Id(3)] long Budget);

/// <summary>What house and customer agreed on when a mode of the comparison was booked. Never changed afterwards.</summary>
/// <param name="PriceVersion">Of the price book that was in force.</param>
/// <param name="QuotedAfterInspection">The price is for looking only; the repair is quoted once somebody has looked.</param>
/// <param name="From">When it begins: the arrival, the slot, the collection.</param>
/// <param name="Until">When the customer has a working device at the latest.</param>
/// <param name="Clause">What makes it free, where something does.</param>
/// <param name="Tariff">Whose prices hold, also for what is quoted later.</param>
[GenerateSerializer, Immutable, Alias("dispatch.agreedTerms")]
public sealed record AgreedTerms(
    [property: Id(0)] ServiceMode Mode,
    [property: Id(1)] OfferPrice Price,
    [property: Id(2)] string Currency,
    [property: Id(3)] string PriceVersion,
    [property: Id(4)] bool QuotedAfterInspection,
    [property: Id(5)] DateTimeOffset From,
    [property: Id(6)] DateTimeOffset Until,
    [property: Id(7)] string? Clause,
    [property: Id(8)] ProgrammeGrant? Grant,
    [property: Id(9)] LoanerOffer? Loaner,
    [property: Id(10)] Reservation Reserved,
    [property: Id(11)] Tariff Tariff);
