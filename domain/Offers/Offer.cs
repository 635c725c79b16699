using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Offers;

/// <summary>What a mode costs the customer, line by line, in minor units of money; <see cref="Credit"/> is what the customer is paid.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.offerPrice")]
public sealed record OfferPrice(
    [property: Id(0)] long Labour,
    [property: Id(1)] long Parts,
    [property: Id(2)] long Visit,
    [property: Id(3)] long Freight,
    [property: Id(4)] long Unit,
    [property: Id(5)] long Service,
    [property: Id(6)] long Credit)
{
    public static OfferPrice Free { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Below zero where the customer is paid.</summary>
    public long Total => Labour + Parts + Visit + Freight + Unit + Service - Credit;
}

/// <summary>A stand-in while the device is away.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.loanerOffer")]
public sealed record LoanerOffer([property: Id(0)] int Days, [property: Id(1)] long Price);

/// <summary>One mode: price and promise, or the code of why it is not offered.</summary>
/// <param name="Open">The price is for looking only: the repair is quoted once somebody has looked.</param>
/// <param name="Clause">What makes it free, where something does.</param>
/// <param name="Programme">Which programme sets the fee of the visit.</param>
public sealed record Offer(
    OfferMode Mode, OfferPrice? Price, bool Open, DateTimeOffset? From, DateTimeOffset? Until, string? Where, string? Clause, string? Programme, LoanerOffer? Loaner, Refusal? NotOffered)
{
    /// <summary>Other days on which it could be had, with their promises; empty where it takes no place on a bench.</summary>
    public ImmutableArray<LaterDay> Later { get; init; } = [];

    public static Offer No(OfferMode mode, Refusal reason) => new(mode, null, false, null, null, null, null, null, null, reason);
}

/// <summary>Every mode, once each, in the order of <see cref="OfferMode"/>.</summary>
/// <param name="Version">The prices' version.</param>
/// <param name="Cheapest">Of those that leave the customer with this device or one as good; null if none is offered.</param>
/// <param name="Soonest">The same by time.</param>
public sealed record OfferComparison(string Currency, string Version, ImmutableArray<Offer> Offers, OfferMode? Cheapest, OfferMode? Soonest);

/// <summary>Every no about offers. Each code is a row of docs/refusals.md.</summary>
public static class OfferRefusals
{
    public static Refusal SegmentUnknown(string segment) => Refusal.Of("offer.segment_unknown", RefusalKind.Invalid, ("segment", segment));
    public static Refusal ContractUnknown(string contract) => Refusal.Of("offer.contract_unknown", RefusalKind.Invalid, ("contract", contract));
    public static Refusal NotForSegment(string segment) => Why("offer.not_for_segment", ("segment", segment));
    public static Refusal NotInContract(string contract) => Why("offer.not_in_contract", ("contract", contract));
    public static Refusal NoCapacity() => Why("offer.no_capacity");
    public static Refusal RemoteCannotHelp() => Why("offer.remote_cannot_help");
    public static Refusal RepairNotNeeded() => Why("offer.repair_not_needed");
    public static Refusal NoPartToSend() => Why("offer.no_part_to_send");
    public static Refusal PartNotSelfService(string part) => Why("offer.part_not_self_service", ("part", part));
    public static Refusal PriceUnknown(string part) => Why("offer.price_unknown", ("part", part));
    public static Refusal NotOwedAndNotSold(string model) => Why("offer.not_owed_and_not_sold", ("model", model));
    public static Refusal NotValued(string model) => Why("offer.not_valued", ("model", model));
    public static Refusal GradeMissing() => Why("offer.grade_missing");
    public static Refusal GradeUnknown(string grade) => Why("offer.grade_unknown", ("grade", grade));
    public static Refusal ProgrammeExhausted(string programme, int quota) => Why("offer.programme_exhausted", ("programme", programme), ("quota", quota));
    public static Refusal BudgetSpent(string programme, long budget) => Why("offer.programme_budget_spent", ("programme", programme), ("budget", budget));

    private static Refusal Why(string code, params ReadOnlySpan<(string, object?)> facts) => Refusal.Of(code, RefusalKind.Unprocessable, facts);
}
