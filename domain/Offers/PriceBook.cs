using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Offers;

/// <summary>What customers of one segment pay, in minor units of money.</summary>
public sealed record SegmentPrices
{
    public required string Segment { get; init; }

    /// <summary>Modes it is offered at all.</summary>
    public required ImmutableArray<OfferMode> Modes { get; init; }

    public required long LabourPerHour { get; init; }

    /// <summary>Looking at a device whose fault is not known; part of the repair once there is one.</summary>
    public required long Diagnosis { get; init; }

    /// <summary>A technician at the door.</summary>
    public required long VisitFee { get; init; }

    /// <summary>A parcel one way, whatever the distance.</summary>
    public required long FreightBase { get; init; }

    public required long FreightPerKm { get; init; }

    /// <summary>Fetching or bringing by our own people, one way.</summary>
    public required long PickupBase { get; init; }

    public required long PickupPerKm { get; init; }

    public required long RemoteFee { get; init; }

    public required long LoanerPerDay { get; init; }

    /// <summary>Whether a visit is paid for where the repair is free.</summary>
    public required bool WarrantyVisitFee { get; init; }

    /// <summary>Whether ways of the device are paid for where the repair is free.</summary>
    public required bool WarrantyFreight { get; init; }

    /// <summary>A parcel one way over so many metres.</summary>
    public long Parcel(long metres) => FreightBase + Prices.Rounded(FreightPerKm * metres, 1000);
}

/// <summary>How prices are rounded: everywhere alike, to whole minor units.</summary>
internal static class Prices
{
    /// <summary>So many percent of it; all of it where nothing is said.</summary>
    public static long Share(long amount, int? percent) => percent is { } part ? Rounded(amount * part, 100) : amount;

    /// <summary>A quotient to the nearest whole, halves up; of amounts that are not below zero.</summary>
    public static long Rounded(long amount, long by) => (amount + by / 2) / by;
}

/// <summary>A part and its price.</summary>
public sealed record PartPrice
{
    public required string Code { get; init; }

    public required long Price { get; init; }

    /// <summary>What the house pays for it.</summary>
    public required long Cost { get; init; }

    /// <summary>Customers may fit it themselves.</summary>
    public bool SelfService { get; init; }
}

/// <summary>What another unit costs that is not owed; by model, or by kind where the model is left out.</summary>
public sealed record SwapPrice
{
    public required string Kind { get; init; }

    public string? Brand { get; init; }

    public string? Model { get; init; }

    public required long Price { get; init; }
}

/// <summary>What a contract changes of its segment's prices.</summary>
public sealed record ContractTerms
{
    public required string Code { get; init; }

    public required string Segment { get; init; }

    /// <summary>What is left of labour, in percent.</summary>
    public int LabourPercent { get; init; } = 100;

    /// <summary>What is left of parts, in percent.</summary>
    public int PartsPercent { get; init; } = 100;

    /// <summary>Visits a year that cost no fee.</summary>
    public int FreeVisits { get; init; }

    public bool FreeFreight { get; init; }

    /// <summary>Modes it grants; empty for those of the segment.</summary>
    public ImmutableArray<OfferMode> Modes { get; init; } = [];
}

/// <summary>One version of all prices; a file under <c>domain/Offers/Rules</c>, or one the house puts beside it.</summary>
public sealed record PriceBook : RuleBook
{
    private const long Dearest = 100_000_000;

    public required string Currency { get; init; }

    /// <summary>So many days after the purchase remote help is free.</summary>
    public required int RemoteFreeDays { get; init; }

    /// <summary>The same for devices with a plan.</summary>
    public required int RemoteFreeDaysWithPlan { get; init; }

    /// <summary>A stand-in is offered where the customer is without the device for longer than so many days.</summary>
    public required int LoanerAfterDays { get; init; }

    public required ImmutableArray<SegmentPrices> Segments { get; init; }

    public required ImmutableArray<PartPrice> Parts { get; init; }

    public required ImmutableArray<SwapPrice> Swaps { get; init; }

    public ImmutableArray<ContractTerms> Contracts { get; init; } = [];

    /// <summary>The built-in books.</summary>
    public static RuleShelf<PriceBook> BuiltIn { get; } = RuleFiles.BuiltIn<PriceBook>("prices", Read);

    public SegmentPrices? Segment(string code) => Segments.FirstOrDefault(s => s.Segment == code);

    public ContractTerms? Contract(string code) => Contracts.FirstOrDefault(c => c.Code == code);

    public PartPrice? Part(string code) => Parts.FirstOrDefault(p => p.Code == code);

    /// <summary>The price of the model, or of its kind; null if there is neither.</summary>
    public long? Swap(string kind, string brand, string model) =>
        (Swaps.FirstOrDefault(s => s.Kind == kind && Same(s.Brand, brand) && Same(s.Model, model)) ?? Swaps.FirstOrDefault(s => s.Kind == kind && s.Brand is null && s.Model is null))?.Price;

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (PriceBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<PriceBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        check.Currency(Currency, "currency");
        check.Range(RemoteFreeDays, 0, 36_500, "remoteFreeDays");
        check.Range(RemoteFreeDaysWithPlan, 0, 36_500, "remoteFreeDaysWithPlan");
        check.Range(LoanerAfterDays, 0, 365, "loanerAfterDays");
        if (Segments.IsEmpty)
            check.Fault("segments", "empty");
        check.Unique(Segments.Select(s => s.Segment), "segments");
        foreach (SegmentPrices s in Segments)
            foreach ((string name, long price) in new[]
                     {
                         ("labourPerHour", s.LabourPerHour), ("diagnosis", s.Diagnosis), ("visitFee", s.VisitFee), ("freightBase", s.FreightBase), ("freightPerKm", s.FreightPerKm),
                         ("pickupBase", s.PickupBase), ("pickupPerKm", s.PickupPerKm), ("remoteFee", s.RemoteFee), ("loanerPerDay", s.LoanerPerDay),
                     })
                check.Range(price, 0, Dearest, $"segments.{s.Segment}.{name}");
        check.Unique(Parts.Select(p => p.Code), "parts");
        foreach (PartPrice part in Parts)
        {
            check.Range(part.Price, 0, Dearest, $"parts.{part.Code}.price");
            check.Range(part.Cost, 0, Dearest, $"parts.{part.Code}.cost");
        }
        check.Unique(Swaps.Select(s => (s.Kind, s.Brand, s.Model)), "swaps");
        for (int i = 0; i < Swaps.Length; i++)
        {
            check.Range(Swaps[i].Price, 0, Dearest, $"swaps[{i}].price");
            if ((Swaps[i].Brand is null) != (Swaps[i].Model is null))
                check.Fault($"swaps[{i}]", "contradiction");
        }
        check.Unique(Contracts.Select(c => c.Code), "contracts");
        foreach (ContractTerms contract in Contracts)
        {
            if (Segment(contract.Segment) is null)
                check.Fault($"contracts.{contract.Code}.segment", "unknown");
            check.Range(contract.LabourPercent, 0, 100, $"contracts.{contract.Code}.labourPercent");
            check.Range(contract.PartsPercent, 0, 100, $"contracts.{contract.Code}.partsPercent");
            check.Range(contract.FreeVisits, 0, 10_000, $"contracts.{contract.Code}.freeVisits");
        }
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
