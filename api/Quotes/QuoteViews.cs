using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Quotes;

/// <summary>A line of a quote, in minor units of money.</summary>
/// <param name="Code">Of a part; of the programme that sets the fee of a visit.</param>
/// <param name="Quantity">Minutes of labour, units of a part, ways of a parcel.</param>
/// <param name="UnitPrice">Of an hour of labour.</param>
/// <param name="Clause">What makes it free.</param>
public sealed record QuoteLineView(QuoteLineKind Kind, string? Code, int Quantity, long UnitPrice, long Amount, string? Clause);

/// <summary>The newest quote of a job, in minor units of money.</summary>
/// <param name="IfRefused">What is to be paid all the same if the customer says no.</param>
/// <param name="EndedAt">When it was answered, or lapsed.</param>
public sealed record QuoteView(
    int Number,
    QuoteStatus Status,
    IReadOnlyList<QuoteLineView> Lines,
    long Total,
    long IfRefused,
    string Currency,
    string PriceVersion,
    string? Note,
    DateTimeOffset GivenAt,
    DateTimeOffset ValidUntil,
    DateTimeOffset? EndedAt,
    QuoteAnswerer? AnsweredBy)
{
    public static QuoteView Of(Quote quote) => new(
        quote.Number, quote.Status, [.. quote.Terms.Lines.Select(l => new QuoteLineView(l.Kind, l.Code, l.Quantity, l.UnitPrice, l.Amount, l.Clause))], quote.Terms.Total, quote.Terms.IfRefused,
        quote.Terms.Currency, quote.Terms.PriceVersion, quote.Terms.Note, quote.GivenAt, quote.ValidUntil, quote.EndedAt, quote.AnsweredBy);
}

/// <summary>One block of what a job costs.</summary>
public sealed record CostLineView(CostBlock Block, long Amount);

/// <param name="TravelMetres">Of the newest way to the customer, by the travel model, from the stop before.</param>
/// <param name="Parcels">Ways that a carrier went.</param>
public sealed record EffortView(int WorkMinutes, int TravelMinutes, long TravelMetres, int Parcels);

/// <param name="UnitCost">What the house pays for one; nothing where no book says.</param>
public sealed record PartCostView(string Code, int Quantity, long? UnitCost, long Cost);

/// <summary>What a job costs the house so far, in minor units of money, and what its customer pays.</summary>
/// <param name="Version">Of the figures.</param>
/// <param name="Quoted">The newest quote in all.</param>
/// <param name="Charged">What was agreed, or what a refusal costs; nothing where nothing is settled.</param>
/// <param name="Margin">Charged less total.</param>
public sealed record CostView(
    string JobId,
    string Currency,
    string Version,
    IReadOnlyList<CostLineView> Lines,
    long Total,
    EffortView Effort,
    IReadOnlyList<PartCostView> Parts,
    long? Quoted,
    long? Charged,
    long? Margin)
{
    public static CostView Of(string job, JobCosts costs) => new(
        job, costs.Sheet.Currency, costs.Sheet.Version, [.. costs.Sheet.Lines.Select(l => new CostLineView(l.Block, l.Amount))], costs.Sheet.Total,
        new EffortView(costs.Effort.WorkMinutes, costs.Effort.TravelMinutes, costs.Effort.TravelMetres, costs.Parcels),
        [.. costs.Parts.Select(p => new PartCostView(p.Code, p.Quantity, p.UnitCost, p.Cost))], costs.Quoted, costs.Charged, costs.Margin);
}
