using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dispatch.Api.Labels;

namespace Dispatch.SystemTests.Api.Labels;

/// <summary>On every label nothing is printed over anything else or beside the sheet, and everything is printed whole.</summary>
public sealed partial class LabelLayoutTests
{
    private readonly record struct Area(double Left, double Top, double Right, double Bottom, string What)
    {
        public bool Meets(Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        public bool IsWithin(Area other) => Left >= other.Left && Right <= other.Right && Top >= other.Top && Bottom <= other.Bottom;
    }

    /// <summary>What a printer reaches.</summary>
    private static readonly Area Sheet = new(5.9, 5.9, 99.1, 147, "sheet");

    /// <summary>Widths are those that the drawing holds its lines to, whatever the font.</summary>
    [Fact]
    public void NothingIsPrintedOverAnythingElse_OrBesideTheSheet()
    {
        int labels = 0;
        foreach (ParcelLabel label in LabelSamples.All)
        {
            labels++;
            XElement svg = XDocument.Parse(LabelSvg.Render(label)).Root!;
            Area[] texts = [.. svg.Elements().Where(e => e.Name.LocalName == "text").Select(AreaOf)];
            Area[] others = [.. svg.Elements().Where(e => e.Name.LocalName == "path").SelectMany(Bars), .. svg.Elements().Where(e => e.Name.LocalName == "rect" && Number(e, "height") < 1).Select(Rule)];
            Assert.True(texts.Length >= 9, $"{texts.Length} lines only");
            foreach ((Area text, int i) in texts.Select((text, i) => (text, i)))
            {
                Assert.True(text.IsWithin(Sheet), $"{text.What} leaves the sheet: {text}");
                Assert.DoesNotContain(texts.Skip(i + 1), text.Meets);
                Assert.DoesNotContain(others, text.Meets);
            }
        }
        Assert.True(labels > 1_500, $"{labels} labels");
    }

    [Fact]
    public void NamesAndAddresses_ArePrintedWhole()
    {
        foreach (ParcelLabel label in LabelSamples.All)
        {
            string printed = Bare(string.Concat(XDocument.Parse(LabelSvg.Render(label)).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)));
            foreach (string? whole in new[] { label.From.Name, label.From.Address, label.From.Phone, label.To.Name, label.To.Address, label.To.Phone, label.Device })
                Assert.Contains(Bare(whole ?? ""), printed, StringComparison.Ordinal);
        }
    }

    /// <summary>The widths a browser finds, with the fonts it has.</summary>
    [Fact]
    public async Task InABrowser_NoTwoTextsOverlap()
    {
        string? chromium = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "Chromium is missing (Debian package 'chromium'): nobody measures the texts");
        string folder = Directory.CreateTempSubdirectory("dispatch-labels-").FullName;
        try
        {
            string page = Path.Combine(folder, "labels.html");
            await File.WriteAllTextAsync(page, $"<!doctype html><meta charset=utf-8>{string.Concat(LabelSamples.All.Select(LabelSvg.Render))}<pre></pre><script>{Measure}</script>", TestContext.Current.CancellationToken);
            string found = FoundBy(await Dump(chromium!, folder, page));
            Assert.Equal("0 of many", Regex.Replace(found, @" of \d{5,}$", " of many"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private const string Measure = """
        const found = []; let texts = 0;
        for (const svg of document.querySelectorAll('svg')) {
          const areas = [...svg.querySelectorAll('text')].map((t) => {
            const box = t.getBBox(), size = Number(t.getAttribute('font-size')), y = Number(t.getAttribute('y'));
            return { left: box.x, right: box.x + box.width, top: y - 0.95 * size, bottom: y + 0.25 * size, what: t.textContent };
          });
          const codes = [...svg.querySelectorAll('path')].map((p) => { const b = p.getBBox(); return { left: b.x, right: b.x + b.width, top: b.y, bottom: b.y + b.height, what: p.id }; });
          texts += areas.length;
          areas.forEach((a, i) => {
            if (a.left < 5.9 || a.right > 99.1 || a.top < 5.9 || a.bottom > 147) found.push('off the sheet: ' + a.what);
            for (const b of [...areas.slice(i + 1), ...codes]) if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) found.push(a.what + ' over ' + b.what);
          });
        }
        document.querySelector('pre').textContent = 'MEASURED ' + (found.length ? found.slice(0, 5).join('; ') : '0') + ' of ' + texts + ' MEASURED';
        for (const svg of document.querySelectorAll('svg')) svg.remove();
        """;

    private static string FoundBy(string page) => Found().Match(page) is { Success: true } match ? match.Groups[1].Value : $"nothing was measured: {page[..Math.Min(300, page.Length)]}";

    private static async Task<string> Dump(string chromium, string folder, string page)
    {
        ProcessStartInfo start = new(chromium) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}", "--virtual-time-budget=60000", "--dump-dom", new Uri(page).AbsoluteUri })
            start.ArgumentList.Add(argument);
        using Process browser = Process.Start(start)!;
        Task<string> errors = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await browser.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;
        return output;
    }

    private static Area AreaOf(XElement text)
    {
        double x = Number(text, "x"), y = Number(text, "y"), size = Number(text, "font-size"), width = Number(text, "textLength");
        double left = text.Attribute("text-anchor")?.Value switch { "end" => x - width, "middle" => x - width / 2, _ => x };
        return new(left, y - 0.95 * size, left + width, y + 0.25 * size, text.Value);
    }

    private static Area Rule(XElement box) => new(Number(box, "x"), Number(box, "y"), Number(box, "x") + Number(box, "width"), Number(box, "y") + Number(box, "height"), "rule");

    private static IEnumerable<Area> Bars(XElement path) =>
        from Match bar in Bar().Matches(path.Attribute("d")!.Value)
        let at = bar.Groups.Values.Skip(1).Select(g => double.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray()
        select new Area(at[0], at[1], at[0] + at[2], at[1] + at[3], path.Attribute("id")!.Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex(@"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z")]
    private static partial Regex Bar();

    [GeneratedRegex("MEASURED (.*) MEASURED")]
    private static partial Regex Found();
}
