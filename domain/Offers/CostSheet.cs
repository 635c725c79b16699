using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Offers;

/// <summary>A block of a job's costs.</summary>
[GenerateSerializer, Alias("dispatch.costBlock")]
public enum CostBlock { Labour, Travel, Materials, Freight, Equipment, Systems, Communication, Marketing }

/// <summary>What belongs to every job though none caused it: a share of the whole, in hundredths of a percent.</summary>
public sealed record OverheadShare
{
    public required CostBlock Block { get; init; }

    public required int Share { get; init; }
}

/// <summary>One version of what the house reckons its own costs by; a file under <c>domain/Offers/Rules</c>, or one the house puts beside it.</summary>
public sealed record CostBook : RuleBook
{
    public required string Currency { get; init; }

    /// <summary>What a technician earns in a month, in minor units of money.</summary>
    public required long WagePerMonth { get; init; }

    public required int HoursPerMonth { get; init; }

    /// <summary>A kilometre of a technician's vehicle, in minor units of money.</summary>
    public required long VehiclePerKm { get; init; }

    /// <summary>What a carrier gets for a parcel one way, whatever the distance, in minor units of money.</summary>
    public long ParcelBase { get; init; }

    public long ParcelPerKm { get; init; }

    public required ImmutableArray<OverheadShare> Overhead { get; init; }

    /// <summary>What a carrier gets for so many parcels over so many metres each.</summary>
    public long Carried(int parcels, long metres) => parcels * (ParcelBase + Prices.Rounded(ParcelPerKm * metres, 1000));

    /// <summary>The built-in books.</summary>
    public static RuleShelf<CostBook> BuiltIn { get; } = RuleFiles.BuiltIn<CostBook>("costs", Read);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (CostBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<CostBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        check.Currency(Currency, "currency");
        check.Range(WagePerMonth, 0, 100_000_000, "wagePerMonth");
        check.Range(HoursPerMonth, 1, 744, "hoursPerMonth");
        check.Range(VehiclePerKm, 0, 1_000_000, "vehiclePerKm");
        check.Range(ParcelBase, 0, 1_000_000, "parcelBase");
        check.Range(ParcelPerKm, 0, 1_000_000, "parcelPerKm");
        check.Unique(Overhead.Select(o => o.Block), "overhead");
        foreach (OverheadShare overhead in Overhead)
        {
            check.Range(overhead.Share, 0, 9_000, $"overhead.{overhead.Block}");
            if (overhead.Block is CostBlock.Labour or CostBlock.Travel or CostBlock.Materials or CostBlock.Freight)
                check.Fault($"overhead.{overhead.Block}", "contradiction");
        }
        check.Range(Overhead.Sum(o => (long)o.Share), 0, 9_000, "overhead");
    }
}

/// <summary>What a job took.</summary>
/// <param name="Materials">What the parts cost the house.</param>
/// <param name="Freight">What carriers got.</param>
public readonly record struct JobEffort(int WorkMinutes, int TravelMinutes, long TravelMetres, long Materials, long Freight);

/// <summary>One block of a cost sheet.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.costLine")]
public readonly record struct CostLine([property: Id(0)] CostBlock Block, [property: Id(1)] long Amount);

/// <summary>What a job costs the house, in the blocks of the trade, in minor units of money. The lines add up to the total exactly.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.costSheet")]
public sealed record CostSheet([property: Id(0)] string Currency, [property: Id(1)] string Version, [property: Id(2)] ImmutableArray<CostLine> Lines)
{
    public long Total => Lines.Sum(l => l.Amount);

    public long Of(CostBlock block) => Lines.Where(l => l.Block == block).Sum(l => l.Amount);

    /// <summary>The job's own costs, and overhead so that each block has its share of the whole; what rounding leaves goes to the largest remainders.</summary>
    public static CostSheet Of(CostBook book, JobEffort effort)
    {
        long minutes = book.HoursPerMonth * 60L;
        long labour = (book.WagePerMonth * effort.WorkMinutes + minutes / 2) / minutes;
        long travel = (book.WagePerMonth * effort.TravelMinutes + minutes / 2) / minutes + (book.VehiclePerKm * effort.TravelMetres + 500) / 1000;
        long direct = labour + travel + effort.Materials + effort.Freight;
        long shares = book.Overhead.Sum(o => (long)o.Share), own = 10_000 - shares;
        long overhead = (direct * shares + own / 2) / own;
        List<CostLine> lines = [new(CostBlock.Labour, labour), new(CostBlock.Travel, travel), new(CostBlock.Materials, effort.Materials), new(CostBlock.Freight, effort.Freight)];
        long left = shares == 0 ? 0 : overhead - book.Overhead.Sum(o => overhead * o.Share / shares);
        foreach (OverheadShare share in book.Overhead.OrderByDescending(o => shares == 0 ? 0 : overhead * o.Share % shares).ThenBy(o => o.Block))
            lines.Add(new CostLine(share.Block, (shares == 0 ? 0 : overhead * share.Share / shares) + (left-- > 0 ? 1 : 0)));
        return new CostSheet(book.Currency, book.Version, [.. lines.OrderBy(l => l.Block)]);
    }
}
