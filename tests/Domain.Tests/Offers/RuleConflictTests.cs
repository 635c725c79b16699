using System.Text.Json.Nodes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServiceDesk;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>Files that are right by themselves and wrong together.</summary>
public class RuleConflictTests
{
    private static RuleFile Own(string folder, string from, string? currency = null, string? book = null)
    {
        JsonNode json = JsonNode.Parse(RuleFiles.BuiltIn(folder)[0].Json)!;
        (json["inForceFrom"], json["version"]) = (from, "own");
        if (currency is not null && folder == "desk")
            json["complaints"]!["currency"] = currency;
        else if (currency is not null)
            json["currency"] = currency;
        if (book is not null)
            json["book"] = book;
        return new RuleFile($"{folder}/mine.json", json.ToJsonString());
    }

    private static RuleShelf<PriceBook> Prices(params RuleFile[] own) =>
        RuleFiles.Load([.. RuleFiles.BuiltIn("prices"), .. own], PriceBook.Read).Shelf!;

    private static RuleShelf<CostBook> Costs(params RuleFile[] own) =>
        RuleFiles.Load([.. RuleFiles.BuiltIn("costs"), .. own], CostBook.Read).Shelf!;

    private static RuleShelf<TradeInBook> TradeIn(params RuleFile[] own) =>
        RuleFiles.Load([.. RuleFiles.BuiltIn("tradein"), .. own], TradeInBook.Read).Shelf!;

    private static string? Fact(Refusal? problem, string name) => problem?.Facts.First(f => f.Name == name).Value;

    [Fact]
    public void PricesAndCostsInTwoCurrencies_AreAProblemThatNamesBothFiles()
    {
        Refusal? problem = RuleConflicts.Currencies(Prices(Own("prices", "2026-03-01", "EUR")), Costs(), stepsAside: false);
        Assert.Equal("rules.currency_mismatch", problem?.Code);
        Assert.Equal(("prices/mine.json", "EUR", "costs-2026.json", "CNY", "2026-03-01"),
            (Fact(problem, "file"), Fact(problem, "currency"), Fact(problem, "other"), Fact(problem, "otherCurrency"),
                Fact(problem, "on")));
    }

    [Fact]
    public void CurrencyThatChangesEverywhereOnTheSameDay_IsNoProblem() =>
        Assert.Null(RuleConflicts.Currencies(Prices(Own("prices", "2026-03-01", "EUR")), Costs(Own("costs", "2026-03-01", "EUR")),
            stepsAside: false));

    [Fact]
    public void DaysBetweenTwoChangesOfCurrency_AreAProblem() =>
        Assert.Equal("2026-03-01",
            Fact(RuleConflicts.Currencies(Prices(Own("prices", "2026-03-01", "EUR")), Costs(Own("costs", "2026-03-02", "EUR")),
            stepsAside: false), "on"));

    [Fact]
    public void BuiltInValuations_StepAside_WhereOwnOnesMustAgree()
    {
        RuleShelf<PriceBook> prices = Prices(Own("prices", "2026-03-01", "EUR"));
        Assert.Null(RuleConflicts.Currencies(prices, TradeIn(), stepsAside: true));
        Assert.False(RuleConflicts.ShareCurrency(prices.Versions[^1], TradeIn().Versions[^1]));
        Assert.Equal("tradein/mine.json",
            Fact(RuleConflicts.Currencies(prices, TradeIn(Own("tradein", "2026-04-01", "CNY")), stepsAside: true), "other"));
    }

    [Fact]
    public void BuiltInLimitOfRefunds_IsNothingInAnotherCurrency()
    {
        RuleShelf<DeskBook> desk = DeskCurrency.Align(DeskBook.BuiltIn, Prices(Own("prices", "2026-03-01", "EUR")));
        Assert.Equal(("CNY", 5_000_000), Refunds(new(2026, 2, 28)));
        Assert.Equal(("EUR", 0), Refunds(new(2026, 3, 1)));

        (string, long) Refunds(DateOnly day) =>
            desk.Find(_ => true, day)!.Complaints is var complaints ? (complaints.Currency, complaints.MostRefund) : default;
    }

    [Fact]
    public void SecondBookAboutTheSame_IsAProblem_WhateverItsName()
    {
        Refusal? problem = RuleConflicts.Overlap(Prices(Own("prices", "2026-03-01", book: "a-tariff")), _ => ["prices"]);
        Assert.Equal(("rules.overlap", "2026-03-01"), (problem?.Code, Fact(problem, "on")));
        Assert.Equal(["prices-2026.json", "prices/mine.json"], new[] { Fact(problem, "file"), Fact(problem, "other") }.Order());
        Assert.Null(RuleConflicts.Overlap(Prices(Own("prices", "2026-03-01")), _ => ["prices"]));
    }

    [Fact]
    public void TwoVersionsOfOneDay_NameBothFiles()
    {
        (_, Refusal? problem) = RuleFiles.Load([.. RuleFiles.BuiltIn("prices"), Own("prices", "2026-01-01")], PriceBook.Read);
        Assert.Equal(("rules.duplicate", "prices-2026.json", "prices/mine.json"),
            (problem?.Code, Fact(problem, "file"), Fact(problem, "other")));
    }

    [Theory]
    [InlineData("costs", "eur", "unknown")]
    [InlineData("costs", "Euro", "unknown")]
    [InlineData("tradein", "", "empty")]
    [InlineData("programmes", "€", "unknown")]
    public void CurrencyThatIsNone_IsAProblem(string folder, string currency, string fault)
    {
        Refusal? problem = folder switch
        {
            "costs" => CostBook.Read(Own(folder, "2026-03-01", currency)).Problem,
            "tradein" => TradeInBook.Read(Own(folder, "2026-03-01", currency)).Problem,
            _ => ProgrammeBook.Read(Own(folder, "2026-03-01", currency)).Problem,
        };
        Assert.Equal(("rules.invalid", fault), (problem?.Code, Fact(problem, "currency")));
    }
}
