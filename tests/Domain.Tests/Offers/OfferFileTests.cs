using System.Text.Json.Nodes;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>Files of figures: read as they are built in, refused with a place where they are damaged.</summary>
public class OfferFileTests
{
    private static readonly Dictionary<string, Func<RuleFile, Refusal?>> Readers = new()
    {
        ["prices"] = f => PriceBook.Read(f).Problem,
        ["programmes"] = f => ProgrammeBook.Read(f).Problem,
        ["tradein"] = f => TradeInBook.Read(f).Problem,
        ["costs"] = f => CostBook.Read(f).Problem,
        ["quotes"] = f => QuoteBook.Read(f).Problem,
    };

    [Theory]
    [InlineData("prices", "currency", "\"yuan\"", "rules.invalid")]
    [InlineData("prices", "segments", "[]", "rules.invalid")]
    [InlineData("prices", "segments.0.visitFee", "-1", "rules.invalid")]
    [InlineData("prices", "segments.0.visitFee", "1.5", "rules.malformed")]
    [InlineData("prices", "segments.0.modes.0", "\"teleport\"", "rules.malformed")]
    [InlineData("prices", "parts.0.code", "\"battery\"", "rules.invalid")]
    [InlineData("prices", "swaps.0.brand", "\"Huawei\"", "rules.invalid")]
    [InlineData("prices", "contracts.0.segment", "\"royal\"", "rules.invalid")]
    [InlineData("prices", "contracts.0.labourPercent", "101", "rules.invalid")]
    [InlineData("prices", "schema", "2", "rules.schema_unknown")]
    [InlineData("programmes", "programmes.0.until", "\"2025-12-31\"", "rules.invalid")]
    [InlineData("programmes", "programmes.0.code", "\"xiaomi-home\"", "rules.invalid")]
    [InlineData("programmes", "programmes.0.quota", "-1", "rules.invalid")]
    [InlineData("programmes", "programmes.0.quota", "null", "rules.malformed")]
    [InlineData("programmes", "schema", "0", "rules.schema_unknown")]
    [InlineData("tradein", "models.0.floor", "700000", "rules.invalid")]
    [InlineData("tradein", "models.0.model", "\"p60 pro\"", "rules.invalid")]
    [InlineData("tradein", "grades.0.percent", "101", "rules.invalid")]
    [InlineData("tradein", "schema", "2", "rules.schema_unknown")]
    [InlineData("costs", "currency", "\"RMB!\"", "rules.invalid")]
    [InlineData("costs", "overhead.0.share", "9001", "rules.invalid")]
    [InlineData("costs", "overhead.0.block", "\"labour\"", "rules.invalid")]
    [InlineData("costs", "hoursPerMonth", "0", "rules.invalid")]
    [InlineData("costs", "parcelBase", "-1", "rules.invalid")]
    [InlineData("costs", "schema", "2", "rules.schema_unknown")]
    [InlineData("quotes", "atTheDoorMinutes", "0", "rules.invalid")]
    [InlineData("quotes", "atTheBenchMinutes", "100000", "rules.invalid")]
    [InlineData("quotes", "source", "\" \"", "rules.invalid")]
    [InlineData("quotes", "schema", "2", "rules.schema_unknown")]
    public void ADamagedFile_IsAProblemWithItsName(string folder, string path, string value, string code)
    {
        RuleFile whole = RuleFiles.BuiltIn(folder).Single();
        Assert.Null(Readers[folder](whole));
        JsonNode root = JsonNode.Parse(whole.Json)!, at = root;
        string[] steps = path.Split('.');
        foreach (string step in steps[..^1])
            at = int.TryParse(step, out int index) ? at[index]! : at[step]!;
        if (int.TryParse(steps[^1], out int last))
            at[last] = JsonNode.Parse(value);
        else
            at[steps[^1]] = JsonNode.Parse(value);
        Refusal problem = Readers[folder](new RuleFile("damaged.json", root.ToJsonString()))!;
        Assert.Equal(code, problem.Code);
        Assert.Contains(problem.Facts, f => f is { Name: "file", Value: "damaged.json" });
    }
}
