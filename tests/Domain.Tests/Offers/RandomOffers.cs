using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.Tests.Entitlement;
using Dispatch.Domain.Triage;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>Questions of every sort: in and out of guarantee, with and without contract, programmes with and without visits left, modes with and without room.</summary>
internal static class RandomOffers
{
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 2, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 9, 1);
    private static readonly PriceBook Prices = PriceBook.BuiltIn.InForce(Today).Single();

    public static (OfferBooks Books, OfferQuestion Question) Case(int seed)
    {
        Random chance = new(seed);
        string kind = Pick("phone", "phone", "camera"), brand = Pick("Huawei", "Huawei", "Xiaomi", "Canon"), model = Pick("P60 Pro", "14", "EOS R6", "Unheard");
        TriageKind fault = (TriageKind)chance.Next(3);
        ImmutableArray<PartQuantity> parts = fault == TriageKind.Fault
            ? [.. new[] { "screen", "battery", "port", "gold_screw" }.Where(_ => chance.Next(3) == 0).Select(code => new PartQuantity(code, 1 + chance.Next(2)))] : [];
        DateOnly? bought = chance.Next(5) == 0 ? null : Today.AddDays(-chance.Next(900));
        ImmutableArray<Programme> programmes = [.. Enumerable.Range(0, chance.Next(4)).Select(n => new Programme
        {
            Code = $"p{n}", Brand = Pick("Huawei", "HUAWEI", "Xiaomi"), Regions = chance.Next(4) > 0 ? [] : [Pick("zone_n", "zone_s")], Models = chance.Next(5) == 0 ? ["p60 pro"] : [],
            From = Today.AddDays(-chance.Next(3)), Until = Today.AddDays(chance.Next(3)), VisitFee = chance.Next(4) * 5_000, FreeVisits = chance.Next(3),
            FreeModels = chance.Next(2) == 0 ? [] : ["P60 Pro"], Quota = 10, Budget = 100_000, Otherwise = (ProgrammeEnd)chance.Next(2),
        })];
        OfferBooks books = new(
            Prices with { Segments = [.. Prices.Segments.Select(s => s with { WarrantyFreight = chance.Next(2) == 0 })], LoanerAfterDays = 3 },
            chance.Next(5) == 0 ? null : new ProgrammeBook { Schema = 1, Book = "programmes", Version = "1", InForceFrom = Today, Programmes = programmes }, TradeInBook.BuiltIn.InForce(Today).Single());
        string segment = Pick("consumer", "professional", "enterprise");
        string? contract = chance.Next(2) == 0 ? null : segment switch { "professional" => "studio", "enterprise" => "fleet", _ => null };
        return (books, new OfferQuestion(
            kind, brand, model, Pick("zone_n", "zone_s"), segment, contract, chance.Next(8), chance.Next(4),
            new OfferFault(fault, Pick("screen", "battery", "board"), parts, fault == TriageKind.Remote ? 0 : 1 + chance.Next(120)),
            chance.Next(3) == 0 ? null : Owed(bought, chance), Today, Now, bought, chance.Next(2) == 0, chance.Next(3) == 0 ? null : Pick("good", "poor", "mint"),
            [.. OfferModes.All.Where(_ => chance.Next(8) > 0).Select(m => Room(m, chance))],
            [.. programmes.Where(_ => chance.Next(4) > 0).Select(p => new ProgrammeUse(p.Code, Pick(0, 9, 10), Pick(0L, 95_000L, 100_000L)))]));

        T Pick<T>(params T[] of) => of[chance.Next(of.Length)];
    }

    private static ModeCapacity Room(OfferMode mode, Random chance)
    {
        DateTimeOffset from = Now.AddMinutes(chance.Next(3_000));
        return new ModeCapacity(mode, from, from.AddMinutes(chance.Next(10_000)), chance.Next(60_000), "point_1", chance.Next(6) == 0 ? Refusal.Of("point.bench_full", RefusalKind.Conflict) : null);
    }

    private static EntitlementDecision Owed(DateOnly? bought, Random chance)
    {
        EntitlementCase claim = Phone(bought?.ToString("O"), "2024-01-01").Fault();
        claim = chance.Next(3) == 0 ? claim : claim.Papers();
        claim = chance.Next(4) == 0 ? claim.With(EvidenceKind.UserDamage, EvidenceState.Found) : claim;
        claim = chance.Next(2) == 0 ? claim : claim.Repaired("2026-08-01", "battery").Repaired("2026-08-15", "port");
        return Entitlements.Decide(Books.Find(b => b.Kinds.Contains("phone"), Today)!, claim with { MadeOn = bought is { } b && b < Day("2024-01-01") ? null : claim.MadeOn }, Today);
    }
}
