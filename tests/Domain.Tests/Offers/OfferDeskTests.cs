using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Tests.Entitlement;
using Dispatch.Domain.Triage;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Offers;

public class OfferDeskTests
{
    [Fact]
    public void TwoHundredCases_ArePricedAsByReckoningEachModeAlone_AndEveryNoHasACode()
    {
        Dictionary<string, int> outcomes = [];
        for (int seed = 0; seed < 200; seed++)
        {
            (OfferBooks books, OfferQuestion question) = RandomOffers.Case(seed);
            OfferComparison found = OfferDesk.Compare(books, question).Comparison!;
            Assert.Equal(OfferModes.All, found.Offers.Select(o => o.Mode));
            BruteOffers brute = new(books, question);
            foreach (Offer offer in found.Offers)
            {
                (string? code, long total, long? loaner) = brute.Of(offer.Mode);
                Assert.True((code, code is null ? total : 0, loaner) == (offer.NotOffered?.Code, offer.Price?.Total ?? 0, offer.Loaner?.Price),
                    $"seed {seed}, {offer.Mode}: {offer.NotOffered?.Code} {offer.Price?.Total} {offer.Loaner} instead of {code} {total} {loaner}");
                Assert.True(offer.NotOffered is { Code.Length: > 0 } || offer is { Price: not null, From: not null, Until: not null }, $"seed {seed}, {offer.Mode}");
                string outcome = offer.NotOffered?.Code ?? $"{offer.Mode}";
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
            (OfferMode Mode, long Total, DateTimeOffset Until)[] working = [.. found.Offers.Where(o => o.NotOffered is null && o.Mode < OfferMode.TradeIn).Select(o => (o.Mode, o.Price!.Total, o.Until!.Value))];
            Assert.Equal(working.Length == 0 ? null : working.Min(w => w.Total), working.Where(w => w.Mode == found.Cheapest).Select(w => (long?)w.Total).SingleOrDefault());
            Assert.Equal(working.Length == 0 ? null : working.Min(w => w.Until), working.Where(w => w.Mode == found.Soonest).Select(w => (DateTimeOffset?)w.Until).SingleOrDefault());
        }
        // Nothing of it was left out by chance: every mode was offered, and every code was given.
        foreach (string expected in OfferModes.All.Select(m => $"{m}").Concat(
                 ["offer.not_for_segment", "offer.not_in_contract", "offer.no_capacity", "offer.remote_cannot_help", "offer.repair_not_needed", "offer.no_part_to_send", "offer.part_not_self_service",
                  "offer.price_unknown", "offer.not_valued", "offer.grade_missing", "offer.grade_unknown", "offer.programme_exhausted", "offer.programme_budget_spent", "point.bench_full"]))
            Assert.True(outcomes.GetValueOrDefault(expected) > 0, $"no case of {expected}");
    }

    private static OfferQuestion Screen(EntitlementDecision? owed = null) => new(
        "phone", "Huawei", "P60 Pro", "zone_n", "consumer", null, 0, 0, new OfferFault(TriageKind.Fault, "screen", [new("screen", 1)], 45), owed, RandomOffers.Today, RandomOffers.Now,
        Day("2026-03-10"), false, "good",
        [.. OfferModes.All.Select(m => new ModeCapacity(m, RandomOffers.Now, RandomOffers.Now.AddDays(OfferModes.TakesDevice(m) ? 8 : 1), 10_000, "point_1"))], []);

    private static OfferBooks Books => new(
        PriceBook.BuiltIn.InForce(RandomOffers.Today).Single(), ProgrammeBook.BuiltIn.InForce(RandomOffers.Today).Single(), TradeInBook.BuiltIn.InForce(RandomOffers.Today).Single());

    private static Offer Of(OfferQuestion question, OfferMode mode, OfferBooks? books = null) => OfferDesk.Compare(books ?? Books, question).Comparison!.Offers.Single(o => o.Mode == mode);

    [Fact]
    public void OutOfGuarantee_TheCustomerPaysLabourPartsAndTheWay()
    {
        Assert.Equal(new OfferPrice(9_000, 68_000, 0, 0, 0, 0, 0), Of(Screen(), OfferMode.WalkIn).Price);
        Assert.Equal(new OfferPrice(9_000, 68_000, 0, 2 * (1_200 + 200), 0, 0, 0), Of(Screen(), OfferMode.MailIn).Price);
        Assert.Equal(new OfferPrice(9_000, 68_000, 0, 2 * (2_000 + 1_500), 0, 0, 0), Of(Screen(), OfferMode.PickupReturn).Price);
        Assert.Equal(new OfferPrice(0, 0, 0, 0, 168_000, 0, 0), Of(Screen(), OfferMode.SwapAtPoint).Price);
        Assert.Equal(8 * 1_500, Of(Screen(), OfferMode.MailIn).Loaner!.Price);
        OfferComparison second = OfferDesk.Compare(Books, Screen() with { ProgrammeVisits = 1 }).Comparison!;
        Assert.Equal((OfferMode.WalkIn, OfferMode.DoorToDoor), (second.Cheapest, second.Soonest));
    }

    [Fact]
    public void WhatIsOwed_CostsNothing_AndNamesItsClause_WithAFreeLoaner()
    {
        EntitlementDecision owed = Phone("2026-03-10").Papers().Fault().Repaired("2026-05-01", "battery").Repaired("2026-06-01", "port").On("2026-09-01");
        Offer mail = Of(Screen(owed), OfferMode.MailIn), swap = Of(Screen(owed), OfferMode.SwapByPost);
        Assert.Equal((0, "year/repair", 0), (mail.Price!.Total, mail.Clause, mail.Loaner!.Price));
        Assert.Equal((0, "year/exchange-after-two-repairs"), (swap.Price!.Total, swap.Clause));
    }

    [Fact]
    public void AProgramme_GivesCertainModelsTheFirstVisitFree_ThenItsFee()
    {
        Assert.Equal((0, "huawei-home"), (Of(Screen(), OfferMode.DoorToDoor).Price!.Visit, Of(Screen(), OfferMode.DoorToDoor).Programme));
        Assert.Equal((12_000, "huawei-home"), (Of(Screen() with { ProgrammeVisits = 1 }, OfferMode.DoorToDoor).Price!.Visit, Of(Screen() with { ProgrammeVisits = 1 }, OfferMode.DoorToDoor).Programme));
        Assert.Equal(12_000, Of(Screen() with { Model = "Nova 12" }, OfferMode.DoorToDoor).Price!.Visit);
    }

    [Theory]
    [InlineData(7_999, 0, null)]
    [InlineData(8_000, 0, "offer.programme_exhausted")]
    [InlineData(0, 31_996_000, null)]
    [InlineData(0, 31_996_001, "offer.programme_budget_spent")]
    public void AProgramme_GrantsNoMoreThanItsVisitsAndItsMoney(int visits, long spent, string? code)
    {
        OfferQuestion question = Screen() with { Brand = "Xiaomi", Model = "14", Programmes = [new ProgrammeUse("xiaomi-home", visits, spent)] };
        Assert.Equal(code, Of(question, OfferMode.DoorToDoor).NotOffered?.Code);
        Assert.Equal(code, Of(question, OfferMode.SwapAtDoor).NotOffered?.Code);
        Assert.Null(Of(question, OfferMode.MailIn).NotOffered);
    }

    [Fact]
    public void AnUnknownFault_IsPricedForTheLook_AndQuotedAfterIt()
    {
        Offer walkIn = Of(Screen() with { Fault = new OfferFault(TriageKind.Inspection, "board", [], 20) }, OfferMode.WalkIn);
        Assert.Equal((3_000, true), (walkIn.Price!.Total, walkIn.Open));
    }

    [Fact]
    public void RemoteHelp_IsFreeForNinetyDays_OrForThreeYearsWithAPlan()
    {
        OfferQuestion question = Screen() with { Fault = new OfferFault(TriageKind.Remote, "software", [], 0) };
        foreach ((int days, bool plan, long fee) in new[] { (90, false, 0L), (91, false, 2_000L), (1_095, true, 0L), (1_096, true, 2_000L) })
            Assert.Equal(fee, Of(question with { PurchasedOn = RandomOffers.Today.AddDays(-days), HasPlan = plan }, OfferMode.Remote).Price!.Total);
    }

    [Fact]
    public void SegmentOrContract_ThatNobodyKnows_IsRefused()
    {
        Assert.Equal("offer.segment_unknown", OfferDesk.Compare(Books, Screen() with { Segment = "royal" }).Refusal!.Code);
        Assert.Equal("offer.contract_unknown", OfferDesk.Compare(Books, Screen() with { Contract = "none" }).Refusal!.Code);
        Assert.Equal("offer.contract_unknown", OfferDesk.Compare(Books, Screen() with { Contract = "studio" }).Refusal!.Code);
    }

    [Theory]
    [InlineData("2026-09-01", 0)]
    [InlineData("2026-08-31", 1)]
    [InlineData("2026-08-01", 1)]
    [InlineData("2026-07-31", 2)]
    [InlineData("2025-09-01", 12)]
    [InlineData("2027-01-01", 0)]
    public void Months_AreCountedAsBegun(string from, int months) => Assert.Equal(months, TradeIn.Months(Day(from), Day("2026-09-01")));

    [Fact]
    public void AValuation_TakesOffMonthsConditionAndFault_AndNeverGoesBelowTheFloor()
    {
        // 698,800 less six months of 2.4 % is 598,172 (rounded down), of which good is 70 %, with a broken screen 65 % of that.
        Assert.Equal(272_168, Of(Screen(), OfferMode.TradeIn).Price!.Credit);
        Assert.Equal(50_000, Of(Screen() with { PurchasedOn = Day("2020-01-01") }, OfferMode.TradeIn).Price!.Credit);
        Assert.Equal(-1_500, Of(Screen(), OfferMode.Recycling).Price!.Total);
    }
}
