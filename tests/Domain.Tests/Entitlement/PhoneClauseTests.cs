using Dispatch.Domain.Entitlement;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Entitlement;

/// <summary>Every clause of the book for phones, on the days at its edges. Bought on 10 March 2026 unless said otherwise.</summary>
public class PhoneClauseTests
{
    private const string Refund = "Refund Seller 2026-03-17 day-7/refund", Exchange = "ExchangeUnit Seller 2026-03-17 day-7/exchange", Part = "ExchangePart Seller 2026-03-25 day-15/exchange-part",
        Repair = "RepairFree Provider 2027-03-10 year/repair", Fee = "RepairPaid Customer - fee/repair";

    private static EntitlementCase Faulty => Phone("2026-03-10").Papers().Fault();

    public static TheoryData<string, string, string[]> Days => new()
    {
        { "the day of purchase is day 0", "2026-03-10", [Refund, Exchange, Repair] },
        { "day 1", "2026-03-11", [Refund, Exchange, Repair] },
        { "day 7, the last of day-7/refund and day-7/exchange", "2026-03-17", [Refund, Exchange, Repair] },
        { "day 8, the first of day-15/exchange-part", "2026-03-18", [Part, Repair] },
        { "day 15, the last of day-15/exchange-part", "2026-03-25", [Part, Repair] },
        { "day 16", "2026-03-26", [Repair] },
        { "the last day of the year, year/repair", "2027-03-10", [Repair] },
        { "the day after", "2027-03-11", [Fee] },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void ListedFault_WithBothPapers(string day, string today, string[] expected) => Assert.True(expected.SequenceEqual(Faulty.On(today).Choices()), $"{day}: {string.Join("; ", Faulty.On(today).Choices())}");

    [Fact]
    public void Year_Repair_OfALeapDay_EndsOnTheLastOfFebruary()
    {
        EntitlementCase leap = Phone("2028-02-29").Papers();
        Assert.Equal(Day("2029-02-28"), leap.On("2029-02-28").Find(Remedy.RepairFree)!.Until);
        Assert.Equal([Fee], leap.On("2029-03-01").Choices());
    }

    [Fact]
    public void Day7_CountsOverYearEndAndLeapDay()
    {
        Assert.True(Phone("2026-12-28").Papers().Fault().On("2027-01-04").Gives(Remedy.Refund));
        Assert.False(Phone("2026-12-28").Papers().Fault().On("2027-01-05").Gives(Remedy.Refund));
        Assert.True(Phone("2028-02-25").Papers().Fault().On("2028-03-03").Gives(Remedy.Refund));
        Assert.False(Phone("2028-02-25").Papers().Fault().On("2028-03-04").Gives(Remedy.Refund));
    }

    [Fact]
    public void Day7_WithoutInspection_SaysThatItIsMissing_AndRepairIsFreeMeanwhile()
    {
        EntitlementDecision decision = Phone("2026-03-10").Papers().On("2026-03-12");
        Assert.Equal([Repair], decision.Choices());
        Assert.Equal([("day-7/refund", EvidenceKind.Inspection), ("day-7/exchange", EvidenceKind.Inspection)],
            decision.Missing.Where(m => m.Clause.StartsWith("day-7", StringComparison.Ordinal)).Select(m => (m.Clause, m.Needs.Single())));
        Assert.Equal([EvidenceKind.Label, EvidenceKind.Inspection, EvidenceKind.PrivateRepair, EvidenceKind.UserDamage], decision.Options[0].Assumes);
    }

    [Fact]
    public void Day7_FaultThatIsNotListed_GivesNothingFree()
    {
        EntitlementDecision decision = Phone("2026-03-10").Papers().Fault("scratched").On("2026-03-12");
        Assert.Equal([Fee], decision.Choices());
        Assert.Contains(decision.NotOwed, n => n is { Clause: "day-7/refund", Code: "entitlement.fault_not_listed" });
    }

    [Fact]
    public void Inspection_ThatFoundNothing_OverrulesAnOlderOne_AndNotANewerOne()
    {
        EntitlementCase found = Phone("2026-03-10").Papers().With(EvidenceKind.Inspection, EvidenceState.Confirmed, "screen", "2026-03-11");
        Assert.False(found.With(EvidenceKind.Inspection, EvidenceState.NotConfirmed, "screen", "2026-03-12").On("2026-03-12").Gives(Remedy.Refund));
        Assert.True(found.With(EvidenceKind.Inspection, EvidenceState.NotConfirmed, "screen", "2026-03-10").On("2026-03-12").Gives(Remedy.Refund));
        Assert.False(found.With(EvidenceKind.Inspection, EvidenceState.NotConfirmed, "screen", "2026-03-11").On("2026-03-12").Gives(Remedy.Refund));
    }

    [Fact]
    public void YearExchangeAfterTwoRepairs_CountsRepairsOfDifferentListedFaults()
    {
        EntitlementCase once = Faulty.Repaired("2026-05-01", "battery");
        Assert.False(once.On("2026-09-01").Gives(Remedy.ExchangeUnit));
        Assert.Contains(once.On("2026-09-01").NotOwed, n => n is { Clause: "year/exchange-after-two-repairs", Code: "entitlement.too_few_repairs" });
        Assert.False(once.Repaired("2026-06-01", "scratched").On("2026-09-01").Gives(Remedy.ExchangeUnit));
        EntitlementCase twice = once.Repaired("2026-06-01", "port");
        Assert.Equal(["ExchangeUnit Seller 2027-03-10 year/exchange-after-two-repairs", Repair], twice.On("2026-09-01").Choices());
        Assert.True(twice.On("2027-03-10").Gives(Remedy.ExchangeUnit));
        Assert.False(twice.On("2027-03-11").Gives(Remedy.ExchangeUnit));
        Assert.False(twice.On("2026-05-31").Gives(Remedy.ExchangeUnit));
    }

    [Fact]
    public void Restart_RepairsStartAnewAtAnExchange_AndTheSevenAndFifteenDaysDoNot()
    {
        EntitlementCase given = Faulty.Exchanged("2026-03-16");
        Assert.True(given.On("2026-03-17").Gives(Remedy.Refund));
        Assert.False(given.On("2026-03-18").Gives(Remedy.Refund));
        Assert.Equal([Part, "RepairFree Provider 2027-03-16 year/repair"], given.On("2026-03-25").Choices());
        Assert.Equal(["RepairFree Provider 2027-03-16 year/repair"], given.On("2027-03-16").Choices());
        Assert.Equal([Fee], given.On("2027-03-17").Choices());
    }

    [Fact]
    public void Restart_RepairsOfTheOldUnit_DoNotCountForTheNewOne()
    {
        EntitlementCase given = Faulty.Repaired("2026-04-01", "battery").Repaired("2026-05-01", "port").Exchanged("2026-05-02");
        Assert.False(given.On("2026-06-01").Gives(Remedy.ExchangeUnit));
        Assert.True(given.Repaired("2026-06-01", "battery").Repaired("2026-07-01", "battery").On("2027-05-02").Gives(Remedy.ExchangeUnit));
    }

    [Theory]
    [InlineData("altered invoice", EvidenceKind.Invoice, EvidenceState.Altered)]
    [InlineData("unstamped invoice", EvidenceKind.Invoice, EvidenceState.Unstamped)]
    [InlineData("copy of the invoice", EvidenceKind.Invoice, EvidenceState.Copy)]
    [InlineData("altered warranty card", EvidenceKind.WarrantyCard, EvidenceState.Altered)]
    [InlineData("unstamped warranty card", EvidenceKind.WarrantyCard, EvidenceState.Unstamped)]
    public void NoDocuments_Repair_CountsFromTheNinetiethDayAfterTheFactoryDate(string what, EvidenceKind kind, EvidenceState state)
    {
        EntitlementCase claim = Phone("2026-03-10", made: "2026-01-05").Fault().With(kind, state).With(kind == EvidenceKind.Invoice ? EvidenceKind.WarrantyCard : EvidenceKind.Invoice, EvidenceState.Valid);
        EntitlementDecision decision = claim.On("2026-03-12");
        Assert.True(decision.Choices() is ["RepairFree Provider 2027-04-05 no-documents/repair"], $"{what}: {string.Join("; ", decision.Choices())}");
        Assert.Contains(decision.NotOwed, n => n is { Clause: "day-7/refund", Code: "entitlement.documents_invalid" });
        Assert.True(claim.On("2027-04-05").Gives(Remedy.RepairFree));
        Assert.False(claim.On("2027-04-06").Gives(Remedy.RepairFree));
    }

    [Fact]
    public void NoDocuments_Shown_AreMissingRatherThanVoid()
    {
        EntitlementDecision decision = Phone("2026-03-10", made: "2026-01-05").Fault().On("2026-03-12");
        Assert.Equal(["RepairFree Provider 2027-04-05 no-documents/repair"], decision.Choices());
        Assert.Equal([EvidenceKind.Invoice, EvidenceKind.WarrantyCard], decision.Missing.Single(m => m.Clause == "day-7/refund").Needs);
    }

    [Fact]
    public void NoDocuments_AndNoFactoryDate_CostsAFee_AndSaysWhatWouldChangeIt()
    {
        EntitlementDecision decision = Phone(null).Fault().On("2026-03-12");
        Assert.Equal([Fee], decision.Choices());
        Assert.Equal([EvidenceKind.FactoryDate], decision.Missing.Single(m => m.Clause == "no-documents/repair").Needs);
        Assert.Equal([EvidenceKind.Invoice, EvidenceKind.WarrantyCard, EvidenceKind.PurchaseDate], decision.Missing.Single(m => m.Clause == "year/repair").Needs);
    }

    [Theory]
    [InlineData("torn label, as after a private repair", EvidenceKind.Label, EvidenceState.Torn, "entitlement.label_torn")]
    [InlineData("private repair", EvidenceKind.PrivateRepair, EvidenceState.Found, "entitlement.private_repair")]
    [InlineData("damage by the user, liquid included", EvidenceKind.UserDamage, EvidenceState.Found, "entitlement.user_damage")]
    public void Fee_Repair_WhereTheGuaranteeIsLost(string what, EvidenceKind kind, EvidenceState state, string code)
    {
        foreach (string today in new[] { "2026-03-12", "2026-03-20", "2026-09-01" })
        {
            EntitlementDecision decision = Faulty.Repaired("2026-03-11", "battery").Repaired("2026-03-12", "battery").With(kind, state).On(today);
            Assert.True(decision.Choices() is [Fee], $"{what} on {today}: {string.Join("; ", decision.Choices())}");
            Assert.Contains(decision.NotOwed, n => n.Clause == "year/repair" && n.Code == code);
        }
    }

    public static TheoryData<string, string, string, string> Accessories => new()
    {
        { "battery", "accessory/battery", "2026-09-10", "2026-09-11" },
        { "charger", "accessory/charger", "2027-03-10", "2027-03-11" },
        { "chargingBase", "accessory/charger", "2027-03-10", "2027-03-11" },
        { "earphone", "accessory/earphone", "2026-06-10", "2026-06-11" },
    };

    [Theory]
    [MemberData(nameof(Accessories))]
    public void Accessory_HasItsOwnPeriod_AndIsPaidBackOnceReplacedTwice(string item, string clause, string last, string after)
    {
        EntitlementCase claim = Phone("2026-03-10").Papers().Of(item).Fault("accessory_dead");
        Assert.Equal([$"ExchangeAccessory Provider {last} {clause}"], claim.On(last).Choices());
        Assert.Equal([Fee], claim.On(after).Choices());
        Assert.False(claim.Replaced("2026-04-01").On(last).Gives(Remedy.RefundAccessory));
        EntitlementCase twice = claim.Replaced("2026-04-01", "2026-05-01");
        Assert.Equal($"RefundAccessory Seller {last} {clause}-refund", twice.On(last).Choices()[1]);
        Assert.False(twice.On(after).Gives(Remedy.RefundAccessory));
        Assert.False(claim.Of("earphone" == item ? "battery" : "earphone").Replaced("2026-04-01", "2026-05-01").Of(item).On(last).Gives(Remedy.RefundAccessory));
    }

    [Theory]
    [InlineData("battery", "2026-10-05", "no-documents/battery")]
    [InlineData("charger", "2027-04-05", "no-documents/charger")]
    [InlineData("earphone", "2026-07-05", "no-documents/earphone")]
    public void NoDocuments_Accessory_CountsFromTheFactoryDateToo(string item, string last, string clause)
    {
        EntitlementCase claim = Phone(null, made: "2026-01-05").Of(item).Fault("accessory_dead");
        Assert.Equal([$"ExchangeAccessory Provider {last} {clause}"], claim.On(last).Choices());
        Assert.False(claim.On(Day(last).AddDays(1).ToString("O")).Gives(Remedy.ExchangeAccessory));
    }

    [Fact]
    public void Loaner_After7Days_OfAWarrantyRepairOnly()
    {
        EntitlementCase handedIn = Faulty with { InRepairSince = Day("2027-03-08") };
        Assert.False(handedIn.On("2027-03-15").Gives(Remedy.Loaner));
        // The eighth day; the year is over by now, but it was not when the device was handed in.
        EntitlementOption loaner = handedIn.On("2027-03-16").Find(Remedy.Loaner)!;
        Assert.Equal(("loaner/after-7-days", Party.Provider), (loaner.Clause, loaner.OwedBy));
        EntitlementDecision late = (Faulty with { InRepairSince = Day("2027-03-11") }).On("2027-03-20");
        Assert.Contains(late.NotOwed, n => n is { Remedy: Remedy.Loaner, Code: "entitlement.not_warranty_repair" });
        Assert.False(Faulty.On("2026-09-01").Gives(Remedy.Loaner));
    }
}
