using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Triage;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>
/// The second opinion on prices: every mode reckoned by itself, in fractions, from the words of the rules. Shares no code with the product's.
/// </summary>
internal sealed class BruteOffers(OfferBooks books, OfferQuestion q)
{
    private readonly SegmentPrices s = books.Prices.Segments.Single(x => x.Segment == q.Segment);
    private readonly ContractTerms? contract = books.Prices.Contracts.SingleOrDefault(c => c.Code == q.Contract);

    /// <summary>A code, or what the customer pays in all.</summary>
    public (string? Code, long Total, long? Loaner) Of(OfferMode mode)
    {
        bool granted = contract is { Modes.Length: > 0 } ? contract.Modes.Contains(mode) : s.Modes.Contains(mode);
        if (!granted)
            return (contract is { Modes.Length: > 0 } ? "offer.not_in_contract" : "offer.not_for_segment", 0, null);
        ModeCapacity? room = q.Capacity.SingleOrDefault(c => c.Mode == mode);
        bool trade = mode is OfferMode.TradeIn or OfferMode.Recycling;
        if (!trade && (mode == OfferMode.Remote) != (q.Fault.Kind == TriageKind.Remote))
            return (mode == OfferMode.Remote ? "offer.remote_cannot_help" : "offer.repair_not_needed", 0, null);
        if (mode == OfferMode.SelfService)
        {
            if (q.Fault.Parts.Length == 0)
                return ("offer.no_part_to_send", 0, null);
            if (q.Fault.Parts.Any(p => p.Code is not ("battery" or "port")))
                return ("offer.part_not_self_service", 0, null);
        }
        if (room is null)
            return ("offer.no_capacity", 0, null);
        if (room.Reason is not null)
            return (room.Reason.Code, 0, null);
        (string? code, decimal total) = trade ? Bought(mode) : Paid(mode, room);
        decimal days = (decimal)(room.Until - room.From).Ticks / TimeSpan.TicksPerDay;
        bool without = mode is OfferMode.WalkIn or OfferMode.PickupReturn or OfferMode.MailIn;
        return (code, (long)total, code is null && without && days > books.Prices.LoanerAfterDays ? (Owed(Remedy.RepairFree) ? 0 : (long)Math.Ceiling(days) * s.LoanerPerDay) : null);
    }

    private bool Owed(params Remedy[] remedies) => q.Entitlement is { } e && e.Options.Any(o => remedies.Contains(o.Remedy));

    private (string?, decimal) Paid(OfferMode mode, ModeCapacity room)
    {
        if (mode == OfferMode.Remote)
            return (null, q.PurchasedOn is { } day && day.AddDays(q.HasPlan ? 1095 : 90) >= q.Today ? 0 : s.RemoteFee);
        bool swap = mode is OfferMode.SwapAtDoor or OfferMode.SwapAtPoint or OfferMode.SwapByPost;
        bool owed = swap ? Owed(Remedy.ExchangeUnit, Remedy.ExchangeSameOrHigher) : Owed(Remedy.RepairFree);
        decimal total = 0;
        if (!owed && swap)
            total = q.Kind switch { "phone" => 168_000, "camera" => 320_000, _ => throw new InvalidOperationException() };
        else if (!owed && q.Fault.Kind == TriageKind.Inspection)
            total = Left(s.Diagnosis, contract?.LabourPercent);
        else if (!owed)
        {
            if (q.Fault.Parts.Any(p => p.Code == "gold_screw"))
                return ("offer.price_unknown", 0);
            decimal parts = q.Fault.Parts.Sum(p => p.Quantity * (p.Code switch { "screen" => 68_000m, "battery" => 19_900m, "port" => 9_900m, _ => throw new InvalidOperationException() }));
            decimal labour = mode == OfferMode.SelfService ? 0 : Near(s.LabourPerHour * (decimal)q.Fault.Minutes / 60);
            total = Left(labour, contract?.LabourPercent) + Left(parts, contract?.PartsPercent);
        }
        if (mode is OfferMode.DoorToDoor or OfferMode.SwapAtDoor)
        {
            (string? ended, decimal fee) = Visit(owed);
            if (ended is not null)
                return (ended, 0);
            total += fee;
        }
        if (contract is { FreeFreight: true } || (owed && !s.WarrantyFreight))
            return (null, total);
        decimal km = room.Metres / 1000m, parcel = s.FreightBase + Near(s.FreightPerKm * km);
        return (null, total + mode switch
        {
            OfferMode.MailIn or OfferMode.SwapByPost => parcel * 2,
            OfferMode.SelfService => parcel,
            OfferMode.PickupReturn => 2 * (s.PickupBase + Near(s.PickupPerKm * km)),
            _ => 0,
        });
    }

    /// <summary>Every way the visit could be paid, then the cheapest.</summary>
    private (string?, decimal) Visit(bool owed)
    {
        if (contract is not null && q.ContractVisits < contract.FreeVisits)
            return (null, 0);
        List<decimal> fees = [];
        List<string> ended = [];
        foreach (Programme p in (books.Programmes?.Programmes ?? []).OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            bool holds = p.Brand.ToUpperInvariant() == q.Brand.ToUpperInvariant() && (p.Regions.Length == 0 || p.Regions.Any(r => r == q.Region))
                && (p.Models.Length == 0 || p.Models.Any(m => m.ToUpperInvariant() == q.Model.ToUpperInvariant())) && p.From <= q.Today && q.Today <= p.Until;
            if (!holds)
                continue;
            bool free = q.ProgrammeVisits < p.FreeVisits && (p.FreeModels.Length == 0 || p.FreeModels.Contains(q.Model));
            decimal fee = free ? 0 : p.VisitFee;
            ProgrammeUse use = q.Programmes.SingleOrDefault(u => u.Code == p.Code) ?? new ProgrammeUse(p.Code, 0, 0);
            string? no = use.Visits >= p.Quota ? "offer.programme_exhausted" : use.Spent + (fee < s.VisitFee ? s.VisitFee - fee : 0) > p.Budget ? "offer.programme_budget_spent" : null;
            if (no is null)
                fees.Add(fee);
            else if (p.Otherwise == ProgrammeEnd.NotOffered)
                ended.Add(no);
        }
        // Without a programme that says no, the ordinary fee is one way among the others.
        if (ended.Count == 0)
            fees.Add(owed && !s.WarrantyVisitFee ? 0 : s.VisitFee);
        return fees.Count > 0 ? (null, fees.Min()) : (ended[0], 0);
    }

    private (string?, decimal) Bought(OfferMode mode)
    {
        if (mode == OfferMode.Recycling)
            return (null, q.Kind == "phone" ? -1_500 : -2_000);
        ModelValue? model = books.TradeIn!.Models.SingleOrDefault(m => m.Kind == q.Kind && m.Brand == q.Brand && m.Model == q.Model);
        if (model is null)
            return ("offer.not_valued", 0);
        if (q.Grade is null or "mint")
            return (q.Grade is null ? "offer.grade_missing" : "offer.grade_unknown", 0);
        if (q.PurchasedOn is not { } bought)
            return (null, -model.Floor);
        int months = 0;
        while (bought.AddMonths(months) < q.Today)
            months++;
        decimal left = Math.Floor(model.NewPrice * Math.Max(0m, 1 - months * model.LossPerMonth / 10_000m));
        left = Math.Floor(left * (q.Grade == "good" ? 0.70m : 0.25m));
        left = Math.Floor(left * (q.Fault.Category switch { "screen" => 0.65m, "battery" => 0.90m, _ => 0.30m }));
        return (null, -Math.Max(model.Floor, left));
    }

    private static decimal Left(decimal amount, int? percent) => percent is { } p ? Near(amount * p / 100) : amount;

    private static decimal Near(decimal amount) => Math.Round(amount, MidpointRounding.AwayFromZero);
}
