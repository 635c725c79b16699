using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Dispatch.Api.Rules;
using Dispatch.Domain.Rules;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Rules that a house puts beside the built-in ones: from their day on, and no earlier; wrong ones keep the server from starting.</summary>
public sealed class RuleFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Day(int fromToday) =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Put(int refundDays, string from, string name = "mine.json")
    {
        JsonNode book = JsonNode.Parse(RuleFiles.BuiltIn("entitlement").Single(f => f.Name == "cn-phones-2026.json").Json)!;
        (book["version"], book["inForceFrom"]) = ("house", from);
        book["rules"]![0]!["lasts"]!["count"] = refundDays;
        Directory.CreateDirectory(Path.Combine(_folder, "entitlement"));
        File.WriteAllText(Path.Combine(_folder, "entitlement", name), book.ToJsonString());
    }

    [Fact]
    public async Task AFileOfTheHouse_DecidesFromItsDayOn_AndIsAuditedOncePerContent()
    {
        Put(refundDays: 10, from: Day(-1));
        await using DispatchServer server = new() { More = ["--Dispatch:Api:RulesFolder", _folder] };
        await server.InitializeAsync();
        Assert.Equal([(-10, true), (-11, false)], await Refunds(server, null));
        // The day before it was in force, the seven days of the built-in book.
        Assert.Equal([(-10, false), (-11, false)], await Refunds(server, Day(-2)));
        await DispatchServer.Until("the file is in the audit", async () => await Audited(server) == 1);
        await server.Restart();
        Assert.Equal([(-10, true), (-11, false)], await Refunds(server, null));
        Assert.Equal(1, await Audited(server));
        Put(refundDays: 12, from: Day(-1));
        await server.Restart();
        Assert.Equal([(-10, true), (-11, true)], await Refunds(server, null));
        await DispatchServer.Until("the change is in the audit", async () => await Audited(server) == 2);
    }

    [Fact]
    public void AWrongFile_IsAReasonNotToStart()
    {
        Assert.Contains("no such folder", Assert.Throws<ArgumentException>(() => RuleShelves.Load(Path.Combine(_folder, "nowhere"))).Message);
        Put(refundDays: 0, from: Day(-1));
        string message = Assert.Throws<ArgumentException>(() => RuleShelves.Load(_folder)).Message;
        Assert.Contains("rules.invalid", message);
        Assert.Contains("entitlement/mine.json", message);
        Put(refundDays: 7, from: "2026-01-01");
        Assert.Contains("rules.duplicate", Assert.Throws<ArgumentException>(() => RuleShelves.Load(_folder)).Message);
        Put(refundDays: 7, from: Day(0));
        Assert.Single(RuleShelves.Load(_folder).Own);
        Assert.Empty(RuleShelves.Load(null).Own);
    }

    [Fact]
    public void PricesInOneCurrencyAndCostsInAnother_AreAReasonNotToStart_AndBothFilesAreNamed()
    {
        PutMoney("prices", "EUR");
        string message = Assert.Throws<ArgumentException>(() => RuleShelves.Load(_folder)).Message;
        foreach (string part in new[] { "rules.currency_mismatch", "prices/euro.json", "costs-2026.json", "EUR", "CNY" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        PutMoney("costs", "EUR");
        RuleShelves euro = RuleShelves.Load(_folder);
        // Built-in amounts in another currency step aside: what they say would be shown as euros.
        Assert.Null(euro.TradeInFor(euro.Prices.Versions[^1], new DateOnly(2026, 6, 1)));
        Assert.Null(euro.ProgrammesFor(euro.Prices.Versions[^1], new DateOnly(2026, 6, 1)));
        Assert.NotNull(euro.TradeInFor(euro.Prices.Versions[0], new DateOnly(2026, 6, 1)));
        Assert.Contains("Dispatch:Planning:Prices:Currency",
            Assert.Throws<ArgumentException>(() => RuleShelves.Load(_folder, "CNY")).Message, StringComparison.Ordinal);
        PutMoney("tradein", "CNY");
        Assert.Contains("tradein/euro.json", Assert.Throws<ArgumentException>(() => RuleShelves.Load(_folder)).Message,
            StringComparison.Ordinal);
    }

    private void PutMoney(string folder, string currency)
    {
        JsonNode book = JsonNode.Parse(RuleFiles.BuiltIn(folder)[0].Json)!;
        (book["version"], book["inForceFrom"], book["currency"]) = ("house", "2026-03-01", currency);
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        File.WriteAllText(Path.Combine(_folder, folder, "euro.json"), book.ToJsonString());
    }

    /// <summary>Of phones bought ten and eleven days ago, whether the price is given back.</summary>
    private static async Task<(int Bought, bool Refund)[]> Refunds(DispatchServer server, string? on)
    {
        List<(int, bool)> found = [];
        foreach (int bought in new[] { -10, -11 })
        {
            JsonObject body = new()
            {
                ["kind"] = "phone", ["purchasedOn"] = Day(bought), ["on"] = on,
                ["evidence"] = new JsonArray(
                    new JsonObject { ["kind"] = "invoice", ["state"] = "valid", ["on"] = Day(-3) }, new JsonObject { ["kind"] = "warrantyCard", ["state"] = "valid", ["on"] = Day(-3) },
                    new JsonObject { ["kind"] = "inspection", ["state"] = "confirmed", ["fault"] = "screen", ["on"] = Day(-3) }),
            };
            JsonNode decision = (await server.Post("/v1/entitlement", body)).Must(200);
            found.Add((bought, decision["options"]!.AsArray().Any(o => o!["remedy"]!.GetValue<string>() == "refund")));
        }
        return [.. found];
    }

    private static Task<long> Audited(DispatchServer server) => server.Services.GetRequiredService<IDatabase>().Read(
        connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM audit WHERE action = @action AND subject = 'entitlement/mine.json' AND digest <> ''", new { action = RuleAudit.Loaded }),
        TestContext.Current.CancellationToken);
}
