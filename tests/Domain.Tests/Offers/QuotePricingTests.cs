using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Triage;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>The lines of a quote by the built-in books, and a job's costs by what it took.</summary>
public class QuotePricingTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);
    private static readonly OfferBooks Books = new(PriceBook.BuiltIn.InForce(Day).Single(), ProgrammeBook.BuiltIn.InForce(Day).Single(), null);
    private static readonly EntitlementDecision Free = new(
        "phones", "2026-1", Day, [new EntitlementOption(Remedy.RepairFree, default, null, null, "§7", default, Day, [], [])], [], []);

    private static OfferQuestion Found(string brand = "Sony", string segment = "consumer", string? contract = null, EntitlementDecision? owed = null, params PartQuantity[] parts) => new(
        "phone", brand, "X", "zone_n", segment, contract, 0, 0, new OfferFault(TriageKind.Fault, "screen", [.. parts.Length == 0 ? [new PartQuantity("screen", 1)] : parts], 45), owed, Day,
        new DateTimeOffset(2026, 9, 1, 4, 0, 0, TimeSpan.Zero), null, false, null, [], []);

    private static QuoteTerms Price(OfferQuestion found, ServiceMode mode = ServiceMode.DoorToDoor, long metres = 0)
    {
        (QuoteTerms? terms, Refusal? refusal) = QuotePricing.Price(Books, found, mode, metres, null);
        Assert.Null(refusal);
        return terms!;
    }

    [Fact]
    public void AtTheDoor_LabourPartsAndTheWayArePaid_AndOnRefusalTheWay()
    {
        QuoteTerms terms = Price(Found(parts: [new("screen", 1), new("battery", 2)]));
        Assert.Equal<QuoteLine>(
            [new(QuoteLineKind.Labour, null, 45, 12_000, 9_000, null), new(QuoteLineKind.Part, "screen", 1, 68_000, 68_000, null), new(QuoteLineKind.Part, "battery", 2, 19_900, 39_800, null), new(QuoteLineKind.Visit, null, 1, 12_000, 12_000, null)],
            terms.Lines);
        Assert.Equal((128_800L, 12_000L, "CNY", "2026-1"), (terms.Total, terms.IfRefused, terms.Currency, terms.PriceVersion));
    }

    [Fact]
    public void ByPost_BothWaysArePaid_AndOnRefusalLookingToo()
    {
        QuoteTerms terms = Price(Found(), ServiceMode.MailIn, metres: 12_345);
        // 12.00 and 12.345 km at 0.20, each way.
        Assert.Equal(new QuoteLine(QuoteLineKind.Freight, null, 2, 1_447, 2_894, null), terms.Lines[^1]);
        Assert.Equal((79_894L, 2_894L + 3_000L), (terms.Total, terms.IfRefused));
    }

    [Fact]
    public void WhatIsOwedForNothing_HasNoAmountAndSaysItsClause()
    {
        QuoteTerms mail = Price(Found(owed: Free), ServiceMode.MailIn, metres: 12_345);
        Assert.All(mail.Lines, line => Assert.Equal((0L, "§7"), (line.Amount, line.Clause)));
        Assert.Equal((0L, 0L), (mail.Total, mail.IfRefused));
        Assert.Equal(68_000, mail.Lines[1].UnitPrice);
        // Consumers pay for the way also where the repair is free; professionals do not.
        Assert.Equal(12_000, Price(Found(owed: Free)).Total);
        Assert.Equal(("§7", 0L), (Price(Found(segment: "professional", owed: Free)).Lines[^1].Clause, Price(Found(segment: "professional", owed: Free)).Total));
    }

    [Fact]
    public void SegmentAndContract_SetThePrices_AndAProgrammeTheWay()
    {
        QuoteTerms studio = Price(Found(segment: "professional", contract: "studio"));
        // 150 an hour at 80 %, a screen at 95 %, one of four free visits.
        Assert.Equal([9_000L, 64_600L, 0L], studio.Lines.Select(l => l.Amount));
        QuoteLine visit = Price(Found(brand: "Xiaomi")).Lines[^1];
        Assert.Equal(("xiaomi-home", 8_000L, 12_000L), (visit.Code, visit.Amount, visit.UnitPrice));
    }

    /// <summary>What was agreed when the job was booked is the most the way costs, whatever the book says by now; a smaller price of today is the customer’s gain.</summary>
    [Fact]
    public void WhoBooked_PaysNoMoreForTheWayThanTheyAgreedTo_NorForANo()
    {
        AgreedTerms Agreed(ServiceMode mode, OfferPrice price) => new(
            mode, price, "CNY", "2026-0", true, default, default, null, null, null, new Reservation(null, null, null, null, null, []), Tariff.Consumer);
        QuoteTerms Priced(ServiceMode mode, OfferPrice price) => QuotePricing.Price(Books, Found(), mode, 12_345, null, Agreed(mode, price)).Terms!;

        QuoteTerms door = Priced(ServiceMode.DoorToDoor, OfferPrice.Free with { Visit = 8_000 });
        Assert.Equal((12_000L, 8_000L, 8_000L), (door.Lines[^1].UnitPrice, door.Lines[^1].Amount, door.IfRefused));
        Assert.Equal(12_000, Priced(ServiceMode.DoorToDoor, OfferPrice.Free with { Visit = 20_000 }).IfRefused);
        // By post: 28.94 both ways and 30.00 for looking today; 20.00 and 25.00 agreed.
        QuoteTerms post = Priced(ServiceMode.MailIn, OfferPrice.Free with { Freight = 2_000, Labour = 2_500 });
        Assert.Equal((2_000L, 4_500L), (post.Lines[^1].Amount, post.IfRefused));
    }

    [Theory]
    [InlineData("royal", null, "screen", "offer.segment_unknown")]
    [InlineData("consumer", "studio", "screen", "offer.contract_unknown")]
    [InlineData("consumer", "none", "screen", "offer.contract_unknown")]
    [InlineData("consumer", null, "hinge", "offer.price_unknown")]
    public void WhatNoBookKnows_IsACodedProblem(string segment, string? contract, string part, string code) =>
        Assert.Equal(code, QuotePricing.Price(Books, Found(segment: segment, contract: contract, parts: new PartQuantity(part, 1)), ServiceMode.DoorToDoor, 0, null).Refusal?.Code);

    [Fact]
    public void AJobsCosts_AreWhatItReallyTook_BesideWhatItsCustomerPays()
    {
        CostBook costs = CostBook.BuiltIn.InForce(Day).Single();
        JobState job = Jobs.JobFixture.Approved with { PartsUsed = [new("screen", 1), new("hinge", 1)] };
        job = job with { Account = job.Account! with { Work = TimeSpan.FromMinutes(60), Travel = TimeSpan.FromMinutes(30) } };
        JobCosts of = JobCosts.Of(costs, Books.Prices, job, travelMetres: 12_000, freightMetres: 50_000);
        Assert.Equal(CostSheet.Of(costs, new JobEffort(60, 30, 12_000, 41_000, 0)).Lines, of.Sheet.Lines);
        Assert.Equal((89_000L, 89_000L - of.Sheet.Total, 0), (of.Charged, of.Margin, of.Parcels));
        Assert.Null(of.Parts.Single(p => p.Code == "hinge").UnitCost);
        // Nobody has driven yet, and nothing is agreed.
        JobCosts before = JobCosts.Of(costs, Books.Prices, Jobs.JobFixture.Queued, 12_000, 50_000);
        Assert.Equal((0L, (long?)null, (long?)null), (before.Sheet.Total, before.Charged, before.Margin));
    }

    [Fact]
    public void ParcelsThatHaveLeft_AreInTheCosts()
    {
        CostBook costs = CostBook.BuiltIn.InForce(Day).Single();
        JobState Mail(JobStatus status) => Jobs.JobFixture.Queued with
        {
            Status = status,
            MailIn = MailIn.None with { Parcels = [new(ParcelDirection.Inbound, new Waybill("DP1"), default, []), new(ParcelDirection.Return, new Waybill("DP2"), default, [])] },
        };
        long each = 900 + 15 * 50;
        (JobStatus Status, int Parcels)[] way = [(JobStatus.Booked, 0), (JobStatus.Received, 1), (JobStatus.Packed, 1), (JobStatus.Shipped, 2), (JobStatus.Closed, 2), (JobStatus.Cancelled, 0)];
        foreach ((JobStatus status, int parcels) in way)
            Assert.Equal((parcels, parcels * each), (JobCosts.Of(costs, null, Mail(status), 0, 50_000).Parcels, JobCosts.Of(costs, null, Mail(status), 0, 50_000).Effort.Freight));
    }
}
