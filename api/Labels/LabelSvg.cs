using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Dispatch.Domain;
using QRCoder;

namespace Dispatch.Api.Labels;

/// <summary>
/// A label of A6 (105 × 148 mm) as SVG, in millimetres: whose way, from, to, and the waybill as QR code, as Code 128 and to be read by people. Black on white
/// only, no styles and nothing from elsewhere, so that any printer and any policy of a page takes it. Pure: the same record gives the same bytes.
/// </summary>
public static class LabelSvg
{
    public const string MediaType = "image/svg+xml";

    private const double Width = 105, Height = 148, Margin = 6, Inner = Width - 2 * Margin;
    /// <summary>Millimetres per module, wide enough for plain printers and hand scanners.</summary>
    private const double BarModule = 0.4, QrModule = 1.2;
    private const double BarHeight = 17, BarsTop = 122.5, Codes = 91, Rule = 0.4;
    private const double HeadHeight = 13, HeadPadding = 4, HeadGap = 4, WaySize = 6.6, NumberSize = 4.2;
    /// <summary>Height of capital letters in sizes, to set a line in the middle of a box.</summary>
    private const double CapHeight = 0.72;
    /// <summary>Light modules on every side that the generator draws as part of the code.</summary>
    private const int QrQuiet = 4;
    private const string Fonts = "Inter, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', Arial, sans-serif";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Render(ParcelLabel label)
    {
        LabelWords words = LabelWords.In(label.Language);
        XElement root = new(Svg + "svg", new XAttribute("width", "105mm"), new XAttribute("height", "148mm"), new XAttribute("viewBox", "0 0 105 148"), new XAttribute("font-family", Fonts), new XAttribute("role", "img"),
            new XElement(Svg + "title",
                $"{label.Waybill} {TextDirection.Isolate(label.From.Name)} → {TextDirection.Isolate(label.To.Name)}"),
            Box(0, 0, Width, Height, "#fff"),
            Box(Margin, Margin, Inner, HeadHeight, "#000"));
        string number = $"{words.Job} {label.Number}", way = label.Returns ? words.Return : words.Inbound;
        double rest = Inner - 2 * HeadPadding - LabelText.Width(number, bold: true) * NumberSize - HeadGap;
        double size = Math.Min(WaySize, rest / LabelText.Width(way, bold: true));
        root.Add(Text(Margin + HeadPadding, Margin + HeadHeight / 2 + CapHeight / 2 * size, size, way, bold: true, fill: "#fff"));
        root.Add(Text(Width - Margin - HeadPadding, Margin + HeadHeight / 2 + CapHeight / 2 * NumberSize, NumberSize, number, bold: true, fill: "#fff", anchor: "end"));

        Ends(root, words, label);

        root.Add(Box(Margin, Codes - 3, Inner, Rule, "#000"));
        // The code's own quiet zone reaches into the margins.
        (string qr, double side) = Qr(label.Waybill, Margin - QrQuiet * QrModule, Codes - 2.3);
        root.Add(Path("qr", qr));
        double right = Margin + side - 2 * QrQuiet * QrModule + 6;
        LabelParagraph[] contents = label.Device is null
            ? [new(words.Contents, 4.4, 3, Bold: true)]
            : [new(label.Device, 4.4, 2.4, Bold: true, OfPerson: true), new(words.Contents, 3.3, 2.6)];
        LabelParagraph advice = new(words.Advice, 2.8, 2.4);
        Add(root, LabelBlock.Fit([[.. contents, advice]], Codes, BarsTop - 2, Width - Margin - right)[0], right);

        string bars = Bars(label.Waybill, BarsTop);
        root.Add(Path("code128", bars));
        root.Add(Text(Width / 2, BarsTop + BarHeight + 5, 4.6, Grouped(label.Waybill), bold: true, anchor: "middle", spacing: 0.5));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Where from, above a rule, and where to.</summary>
    private static void Ends(XElement root, LabelWords words, ParcelLabel label)
    {
        const double top = Margin + HeadHeight + 2.2, bottom = Codes - 4.4, gap = 2.4;
        IReadOnlyList<IReadOnlyList<LabelLine>> ends = LabelBlock.Fit(
            [End(words.From, label.From, 2.9, 3.9, 3.3, least: 2.1), End(words.To, label.To, 3.4, 5.6, 4.7, least: 2.5)], top, bottom, Inner, gap);
        Add(root, ends[0], Margin);
        root.Add(Box(Margin, ends[0][^1].Bottom + (gap - Rule) / 2, Inner, Rule, "#000"));
        Add(root, ends[1], Margin);
    }

    /// <summary>Who and where at one end.</summary>
    private static LabelParagraph[] End(string word, LabelEnd end, double head, double name, double text, double least) =>
    [
        new(word.ToUpper(CultureInfo.InvariantCulture), head, 2.4, Bold: true), new(end.Name, name, least, Bold: true, OfPerson: true),
        .. string.IsNullOrWhiteSpace(end.Phone) ? [] : new[] { new LabelParagraph(end.Phone, text, least, OfPerson: true) },
        new(string.IsNullOrWhiteSpace(end.Address) ? Degrees(end) : end.Address, text, least, OfPerson: true),
    ];

    private static void Add(XElement root, IReadOnlyList<LabelLine> lines, double x)
    {
        foreach (LabelLine line in lines)
            root.Add(Text(x, line.Y, line.Size, line.Text, line.Bold, ofPerson: line.OfPerson));
    }

    private static string Degrees(LabelEnd end) => string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(end.Place.Lat):0.00000}° {(end.Place.Lat < 0 ? "S" : "N")}  {Math.Abs(end.Place.Lon):0.00000}° {(end.Place.Lon < 0 ? "W" : "E")}");

    private static (string Path, double Side) Qr(string text, double left, double top)
    {
        using QRCodeData code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        StringBuilder path = new();
        int side = code.ModuleMatrix.Count;
        for (int row = 0; row < side; row++)
            for (int column = 0; column < side; column++)
            {
                int from = column;
                while (column < side && code.ModuleMatrix[row][column])
                    column++;
                if (column > from)
                    Rectangle(path, left + from * QrModule, top + row * QrModule, (column - from) * QrModule, QrModule);
            }
        return (path.ToString(), side * QrModule);
    }

    private static string Bars(string text, double top)
    {
        IReadOnlyList<int> widths = Code128.Widths(text);
        double total = widths.Sum() * BarModule;
        StringBuilder path = new();
        double x = (Width - total) / 2;
        for (int i = 0; i < widths.Count; i++)
        {
            if (i % 2 == 0)
                Rectangle(path, x, top, widths[i] * BarModule, BarHeight);
            x += widths[i] * BarModule;
        }
        return path.ToString();
    }

    private static void Rectangle(StringBuilder path, double x, double y, double width, double height) =>
        path.Append(CultureInfo.InvariantCulture, $"M{x:0.###} {y:0.###}h{width:0.###}v{height:0.###}h-{width:0.###}z");

    private static string Grouped(string waybill) => string.Join(' ', waybill.Chunk(4).Select(part => new string(part)));

    private static XElement Path(string id, string data) => new(Svg + "path", new XAttribute("id", id), new XAttribute("d", data), new XAttribute("fill", "#000"), new XAttribute("shape-rendering", "crispEdges"));

    private static XElement Box(double x, double y, double width, double height, string fill) =>
        new(Svg + "rect", Number("x", x), Number("y", y), Number("width", width), Number("height", height), new XAttribute("fill", fill));

    /// <summary>One line of text. Its width is the one it was laid out with, also in another font.</summary>
    /// <param name="ofPerson">A person typed the text: its first letter decides its direction, not the text beside it.</param>
    private static XElement Text(double x, double y, double size, string text, bool bold = false, string fill = "#000",
        string? anchor = null, double spacing = 0, bool ofPerson = false)
    {
        XElement element = new(Svg + "text", Number("x", x), Number("y", y), Number("font-size", size), new XAttribute("fill", fill), text);
        if (bold)
            element.Add(new XAttribute("font-weight", "700"));
        if (ofPerson && TextDirection.Turns(text))
            element.Add(new XAttribute("unicode-bidi", "plaintext"));
        if (anchor is not null)
            element.Add(new XAttribute("text-anchor", anchor));
        element.Add(Number("textLength", LabelText.Width(text, bold) * size + spacing * (text.Length - 1)), new XAttribute("lengthAdjust", spacing > 0 ? "spacing" : "spacingAndGlyphs"));
        return element;
    }

    private static XAttribute Number(string name, double value) => new(name, value.ToString("0.###", CultureInfo.InvariantCulture));
}
