using System.Xml.Linq;
using Dispatch.Api.Labels;
using Dispatch.Domain.Geo;

namespace Dispatch.SystemTests.Api.Labels;

/// <summary>
/// What is printed. That both codes read back is shown by another reader than this house's: web/shared/label/label.test.ts decodes the label kept here, which
/// is compared with what is rendered now.
/// </summary>
public sealed class LabelTests
{
    private static readonly ParcelLabel Example = new(
        "DP00000000001AB", false, "K3M9QZ", "Sony A7 IV",
        new LabelEnd("Chen Yu", "+86 138 0000 0000", "12 Lotus Lane, building 4, floor 3, ring twice; the lift is on the left behind the post boxes", new Place(121.01, 31.02)),
        new LabelEnd("Riverside service point", null, null, new Place(121.004, 30.997)), "en");

    [Fact]
    public async Task Label_IsTheOneKept()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "label.svg");
        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).TrimEnd(), LabelSvg.Render(Example));
    }

    [Theory]
    [InlineData("en", "Return")]
    [InlineData("zh-Hans", "返还")]
    [InlineData("zh-Hant", "返還")]
    [InlineData("fr", "Return")]
    public void Label_SpeaksTheCustomersLanguage(string language, string word) =>
        Assert.Contains(word, Texts(LabelSvg.Render(Example with { Returns = true, Language = language })));

    /// <summary>
    /// A name in Arabic has a line and a direction of its own; the number below it and the waybill beside it in the title stay as they are.
    /// </summary>
    [Fact]
    public void NameThatRunsFromRightToLeft_TurnsNothingBesideIt()
    {
        const string Arabic = "\u0639\u0644\u064A";
        XDocument label = XDocument.Parse(LabelSvg.Render(Example with { From = Example.From with { Name = Arabic } }));
        XElement name = label.Descendants().Single(e => e.Name.LocalName == "text" && e.Value == Arabic);
        Assert.Equal("plaintext", name.Attribute("unicode-bidi")?.Value);
        Assert.Null(label.Descendants().Single(e => e.Value == "+86 138 0000 0000").Attribute("unicode-bidi"));
        Assert.Contains($"\u2068{Arabic}\u2069", label.Descendants().Single(e => e.Name.LocalName == "title").Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_CannotBreakOutOfTheDrawing()
    {
        string svg = LabelSvg.Render(Example with { From = Example.From with { Name = "<script>alert(1)</script>", Address = "\"><image href='x'/>" } });
        Assert.Equal(["svg", "title", "rect", "text", "path"], XDocument.Parse(svg).Descendants().Select(e => e.Name.LocalName).Distinct().OrderBy(n => Array.IndexOf(["svg", "title", "rect", "text", "path"], n)));
        Assert.Contains("<script>alert(1)</script>", Texts(svg));
    }

    /// <summary>Longer than anything the contract takes: cut with an ellipsis, and still on the paper.</summary>
    [Fact]
    public void WhatIsLongerThanEverything_StaysOnThePaper()
    {
        string long_ = string.Concat(Enumerable.Repeat("无尽的地址一直写下去没有空格", 200));
        XDocument label = XDocument.Parse(LabelSvg.Render(Example with { Device = long_, From = Example.From with { Name = long_, Address = long_ }, To = Example.To with { Name = long_, Address = long_, Phone = "13800000000" } }));
        double[] heights = [.. label.Descendants().Where(e => e.Name.LocalName == "text").Select(e => double.Parse(e.Attribute("y")!.Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.All(heights, y => Assert.InRange(y, 6, 146));
        // Nothing written between the address and the codes runs into either of them.
        Assert.All(heights.Where(y => y is > 86 and < 122), y => Assert.InRange(y, 90, 121));
        Assert.Contains(Texts(label.ToString()), text => text.EndsWith('…'));
    }

    [Fact]
    public void Bars_AreAsTheStandardHasThem()
    {
        // The textbook's "PJJ123C" has check value 54 after start A; start B counts one more.
        IReadOnlyList<int> widths = Code128.Widths("PJJ123C");
        Assert.Equal([2, 1, 1, 2, 1, 4], widths.Take(6));
        Assert.Equal([3, 1, 1, 3, 2, 1], widths.Skip(6 * 8).Take(6));
        Assert.Equal([2, 3, 3, 1, 1, 1, 2], widths.TakeLast(7));
        Assert.Equal((7 + 2) * 11 + 13, widths.Sum());
        Assert.Throws<ArgumentException>(() => Code128.Widths("维修"));
    }

    private static IEnumerable<string> Texts(string svg) => XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value);
}
