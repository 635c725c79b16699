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
    private const double BarHeight = 17;
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
            Box(Margin, Margin, Inner, 13, "#000"),
            Text(Margin + 4, 15, 6.6, label.Returns ? words.Return : words.Inbound, bold: true, fill: "#fff"),
            Text(Width - Margin - 4, 14.6, 4.2, $"{words.Job} {label.Number}", bold: true, fill: "#fff", anchor: "end"));
        double below = End(root, words.From, label.From, 24.5, large: false);
        root.Add(Box(Margin, below - 0.5, Inner, 0.4, "#000"));
        End(root, words.To, label.To, below + 5, large: true);

        double codes = 91;
        root.Add(Box(Margin, codes - 3, Inner, 0.4, "#000"));
        // The code's own quiet zone reaches into the margins.
        (string qr, double side) = Qr(label.Waybill, Margin - QrQuiet * QrModule, codes - 2.3);
        root.Add(Path("qr", qr));
        double right = Margin + side - 2 * QrQuiet * QrModule + 6;
        double y = codes + 5;
        foreach (string line in LabelText.Wrap(label.Device ?? words.Contents, (Width - Margin - right) / 4.4, 2))
        {
            root.Add(Text(right, y, 4.4, line, bold: true, ofPerson: true));
            y += 5.6;
        }
        if (label.Device is not null)
        {
            root.Add(Text(right, y, 3.3, words.Contents));
            y += 5;
        }
        foreach (string line in LabelText.Wrap(words.Advice, (Width - Margin - right) / 2.8, 3))
        {
            root.Add(Text(right, y, 2.8, line));
            y += 3.6;
        }

        string bars = Bars(label.Waybill, 122.5);
        root.Add(Path("code128", bars));
        root.Add(Text(Width / 2, 122.5 + BarHeight + 5, 4.6, Grouped(label.Waybill), bold: true, anchor: "middle", spacing: 0.5));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>Who and where at one end; returns the height below it.</summary>
    private static double End(XElement root, string word, LabelEnd end, double top, bool large)
    {
        (double name, double size, double step, int most) = large ? (5.6, 4.7, 5.8, 4) : (3.9, 3.3, 4.3, 3);
        root.Add(Text(Margin, top, large ? 3.4 : 2.9, word.ToUpper(CultureInfo.InvariantCulture), bold: true));
        double y = top + name + (large ? 2.2 : 1.4);
        root.Add(Text(Margin, y, name, LabelText.Wrap(end.Name, Inner / name, 1).FirstOrDefault() ?? "", bold: true, ofPerson: true));
        y += step + 0.4;
        if (!string.IsNullOrWhiteSpace(end.Phone))
        {
            root.Add(Text(Margin, y, size, end.Phone, ofPerson: true));
            y += step;
            most--;
        }
        foreach (string line in LabelText.Wrap(string.IsNullOrWhiteSpace(end.Address) ? Degrees(end) : end.Address, Inner / size, most))
        {
            root.Add(Text(Margin, y, size, line, ofPerson: true));
            y += step;
        }
        return y;
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

    /// <param name="ofPerson">Somebody typed it: its direction is its own, by its first letter, whatever stands beside it.</param>
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
        if (spacing > 0)
            element.Add(Number("letter-spacing", spacing));
        return element;
    }

    private static XAttribute Number(string name, double value) => new(name, value.ToString("0.###", CultureInfo.InvariantCulture));
}
