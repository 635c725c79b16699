using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using FsCheck;
using FsCheck.Fluent;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Entitlement;

/// <summary>What holds of every decision and every file of rules.</summary>
public class EntitlementRulesTests
{
    private static readonly RuleFile Phones = RuleFiles.BuiltIn("entitlement").Single(f => f.Name == "cn-phones-2026.json");

    [Fact]
    public void TheOrderOfEvidenceAndHistory_NeverMatters()
    {
        EvidenceKind[] kinds = [.. Enum.GetValues<EvidenceKind>().Where(k => !Evidence.States(k).IsEmpty)];
        Gen<Evidence> evidence =
            from kind in Gen.Elements(kinds)
            from state in Gen.Elements(Evidence.States(kind).ToArray())
            from day in Gen.Choose(0, 400)
            from fault in Gen.Elements("screen", "battery", "accessory_dead", "scratched")
            select new Evidence(kind, state, Day("2026-01-01").AddDays(day), kind == EvidenceKind.Inspection ? fault : null);
        Gen<PastService> past =
            from kind in Gen.Elements(Enum.GetValues<PastServiceKind>())
            from day in Gen.Choose(0, 400)
            from fault in Gen.Elements("screen", "battery", "scratched")
            from item in Gen.Elements("unit", "battery", "earphone")
            select new PastService(kind, Day("2026-01-01").AddDays(day), fault, item);
        Gen<(EntitlementCase, EntitlementCase, int)> cases =
            from all in Gen.ListOf(evidence)
            from shuffled in Gen.Shuffle<Evidence>(all)
            from earlier in Gen.ListOf(past)
            from reordered in Gen.Shuffle<PastService>(earlier)
            from item in Gen.Elements("unit", "battery", "charger", "earphone")
            from bought in Gen.Choose(-30, 200)
            from inRepair in Gen.Choose(-200, 200)
            from today in Gen.Choose(200, 420)
            let bare = Phone("2026-01-01", "2025-11-01").Of(item) with
            {
                PurchasedOn = bought < 0 ? null : Day("2026-01-01").AddDays(bought), InRepairSince = inRepair < 0 ? null : Day("2026-01-01").AddDays(inRepair),
            }
            select (bare with { Evidence = [.. all], History = [.. earlier] }, bare with { Evidence = [.. shuffled], History = [.. reordered] }, today);
        int owed = 0;
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            string today = Day("2026-01-01").AddDays(c.Item3).ToString("O");
            EntitlementDecision one = c.Item1.On(today), other = c.Item2.On(today);
            owed += one.Options.Count(o => o.Remedy != Remedy.RepairPaid);
            return JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Assert.True(owed > 100, $"only {owed} cases were owed anything");
    }

    [Fact]
    public void AChangedFile_DecidesFromItsDayOn_AndNoEarlier()
    {
        JsonNode changed = JsonNode.Parse(Phones.Json)!;
        (changed["version"], changed["inForceFrom"]) = ("2026-2", "2026-07-01");
        changed["rules"]![0]!["lasts"]!["count"] = 10;
        (RuleShelf<EntitlementBook>? shelf, Refusal? problem) = RuleFiles.Load([Phones, new RuleFile("changed.json", changed.ToJsonString())], EntitlementBook.Read);
        Assert.Null(problem);
        foreach ((string bought, string today, string version, bool refund) in new[]
                 {
                     ("2026-06-20", "2026-06-27", "2026-1", true), ("2026-06-20", "2026-06-28", "2026-1", false), ("2026-06-20", "2026-06-30", "2026-1", false),
                     ("2026-06-24", "2026-07-01", "2026-2", true), ("2026-06-21", "2026-07-01", "2026-2", true), ("2026-06-20", "2026-07-01", "2026-2", false),
                 })
        {
            EntitlementDecision decision = Entitlements.Decide(shelf!, Phone(bought).Papers().Fault(), Day(today)).Decision!;
            Assert.Equal((version, refund), (decision.Version, decision.Gives(Remedy.Refund)));
        }
    }

    [Fact]
    public void APastDay_IsDecidedByWhatWasKnownThen()
    {
        EntitlementCase later = Phone("2026-03-10").Papers().Fault().With(EvidenceKind.UserDamage, EvidenceState.Found, on: "2026-05-01").Repaired("2026-05-01", "battery").Exchanged("2026-05-02");
        EntitlementDecision then = Phone("2026-03-10").Papers().Fault().On("2026-03-12"), replayed = later.On("2026-03-12");
        Assert.Equal(JsonSerializer.Serialize(then), JsonSerializer.Serialize(replayed));
    }

    [Fact]
    public void BeforeAnyBook_ThereIsNoDecision() =>
        Assert.Equal("rules.none_in_force", Entitlements.Decide(Books, Phone("2025-01-01"), Day("2025-12-31")).Refusal!.Code);

    [Fact]
    public void PurchaseAsDayOne_EndsADayEarlier()
    {
        EntitlementBook book = EntitlementBook.Read(Phones).Value! with { PurchaseDay = 1 };
        EntitlementCase claim = Phone("2026-03-10").Papers().Fault();
        Assert.Equal(Day("2026-03-16"), Entitlements.Decide(book, claim, Day("2026-03-16")).Find(Remedy.Refund)!.Until);
        Assert.True(Entitlements.Decide(book, claim, Day("2026-03-17")).Gives(Remedy.ExchangePart));
        Assert.Equal(Day("2027-03-09"), Entitlements.Decide(book, claim, Day("2026-09-01")).Find(Remedy.RepairFree)!.Until);
    }

    public static TheoryData<string, EntitlementCase, string> Contradictions => new()
    {
        { "accessory nobody knows", Phone("2026-03-10").Of("case"), "entitlement.item_unknown" },
        { "line nobody knows", Camera("golden", "2026-03-10"), "entitlement.line_unknown" },
        { "a torn invoice", Phone("2026-03-10").With(EvidenceKind.Invoice, EvidenceState.Torn), "entitlement.evidence_invalid" },
        { "an inspection of nothing", Phone("2026-03-10").With(EvidenceKind.Inspection, EvidenceState.Confirmed), "entitlement.evidence_invalid" },
        { "bought tomorrow", Phone("2026-04-02"), "entitlement.date_in_future" },
        { "made after the purchase", Phone("2026-03-10", "2026-03-11"), "entitlement.dates_reversed" },
        { "a kind nobody knows", Phone("2026-03-10") with { Kind = "bicycle" }, "rules.none_in_force" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void ACaseThatCannotBe_IsRefused(string what, EntitlementCase claim, string code)
    {
        (EntitlementDecision? decision, Refusal? refusal) = Entitlements.Decide(Books, claim, Day("2026-04-01"));
        Assert.True(decision is null && refusal!.Code == code, $"{what}: {refusal?.Code}");
    }

    public static TheoryData<string, string, string, string> Damages => new()
    {
        { "cut off", "rules.malformed", "$", "" },
        { "another schema", "rules.schema_unknown", "$.schema", "2" },
        { "no rules", "rules.invalid", "$.rules", "[]" },
        { "an unknown remedy", "rules.malformed", "$.rules[0].remedy", "\"apology\"" },
        { "a number as a word", "rules.malformed", "$.rules[0].lasts.count", "\"7\"" },
        { "no days at all", "rules.invalid", "$.rules[0].lasts.count", "0" },
        { "a clause twice", "rules.invalid", "$.rules[0].clause", "\"day-7/exchange\"" },
        { "an accessory that is not one", "rules.invalid", "$.accessories", "[\"battery\"]" },
        { "a period of nothing", "rules.invalid", "$.rules[0].from", "\"always\"" },
        { "a member nobody knows", "rules.malformed", "$.rules[0].remark", "\"x\"" },
        { "unless of a later rule", "rules.invalid", "$.rules[0].unless", "[\"loaner\"]" },
        { "a step left out", "rules.invalid", "$.exchangeProcedure", "[]" },
        { "a date that is none", "rules.malformed", "$.inForceFrom", "\"2026-02-30\"" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void ADamagedFile_IsAProblemWithAPlace(string what, string code, string path, string value)
    {
        string json = path == "$" ? Phones.Json[..200] : Damaged(path, value);
        (EntitlementBook? book, Refusal? problem) = EntitlementBook.Read(new RuleFile("damaged.json", json));
        Assert.True(book is null && problem!.Code == code, $"{what}: {problem?.Code}");
        Assert.Contains(problem!.Facts, f => f is { Name: "file", Value: "damaged.json" });
        Assert.True(problem!.Facts.Length > 1, what);
    }

    [Fact]
    public void TwoFilesOfOneDay_AreAProblem() => Assert.Equal("rules.duplicate", RuleFiles.Load([Phones, Phones], EntitlementBook.Read).Problem!.Code);

    private static string Damaged(string path, string value)
    {
        JsonNode root = JsonNode.Parse(Phones.Json)!, at = root;
        string[] steps = path[2..].Replace("[", ".").Replace("]", "").Split('.');
        foreach (string step in steps[..^1])
            at = int.TryParse(step, out int index) ? at[index]! : at[step]!;
        at[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
