using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Triage;

namespace Dispatch.Domain.Offers;

/// <summary>What is wrong with the device, as far as it is known.</summary>
/// <param name="Minutes">Expected time of work.</param>
public sealed record OfferFault(TriageKind Kind, string Category, ImmutableArray<PartQuantity> Parts, int Minutes)
{
    public static OfferFault Of(TriageEnd end) => new(end.Kind, end.Category, end.Parts, end.Minutes);
}

/// <summary>What a mode could do at the soonest: from ledgers and plans, never reckoned here.</summary>
/// <param name="From">When it begins: the arrival, the slot, the collection, the answer.</param>
/// <param name="Until">When the customer has a working device at the latest.</param>
/// <param name="Metres">One way between customer and point.</param>
/// <param name="Where">Who would do it: the id of a point or a zone.</param>
/// <param name="Reason">Why it cannot be had; then nothing else counts.</param>
/// <param name="Takes">What a booking of it would keep; null where nothing need be kept.</param>
/// <param name="Later">Other days on which a bench has a place for it, in the order in which they are wanted.</param>
public sealed record ModeCapacity(
    OfferMode Mode,
    DateTimeOffset From,
    DateTimeOffset Until,
    long Metres,
    string? Where,
    Refusal? Reason = null,
    Reservation? Takes = null,
    ImmutableArray<LaterDay> Later = default
);

/// <summary>What a programme has granted up to now in the region.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programmeUseSum")]
public sealed record ProgrammeUse([property: Id(0)] string Code, [property: Id(1)] int Visits, [property: Id(2)] long Spent);

/// <summary>Everything a comparison looks at.</summary>
/// <param name="Region">The zone the customer is in.</param>
/// <param name="Contract">Code of a contract, or null.</param>
/// <param name="ContractVisits">Visits of this year under the contract.</param>
/// <param name="ProgrammeVisits">Visits this device had under programmes.</param>
/// <param name="Entitlement">What is owed; null where nobody has asked: then nothing is.</param>
/// <param name="HasPlan">The device has a service plan, which makes remote help free for longer.</param>
/// <param name="Grade">Condition of the device for a valuation; null where it is not to be valued.</param>
public sealed record OfferQuestion(
    string Kind,
    string Brand,
    string Model,
    string Region,
    string Segment,
    string? Contract,
    int ContractVisits,
    int ProgrammeVisits,
    OfferFault Fault,
    EntitlementDecision? Entitlement,
    DateOnly Today,
    DateTimeOffset Now,
    DateOnly? PurchasedOn,
    bool HasPlan,
    string? Grade,
    ImmutableArray<ModeCapacity> Capacity,
    ImmutableArray<ProgrammeUse> Programmes)
{
    public Tariff Tariff => new(Segment, Contract, ContractVisits);
}
