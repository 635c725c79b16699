using System.Text;

namespace Dispatch.Api.Labels;

/// <summary>Breaks text into lines by an estimate of its width, because SVG does not. Pure.</summary>
internal static class LabelText
{
    /// <summary>
    /// At most <paramref name="most"/> lines of at most <paramref name="width"/> em. Lines end at spaces, or between characters of scripts that have none; what does not fit ends in an ellipsis.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, int most)
    {
        List<string> lines = [];
        string line = "";
        foreach (string piece in Pieces(text))
        {
            if (line.Length > 0 && Width((line + piece).TrimEnd()) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }
            line = line.Length == 0 ? piece.TrimStart() : line + piece;
        }
        if (line.Trim().Length > 0)
            lines.Add(line.TrimEnd());
        if (lines.Count > most)
            lines = [.. lines.Take(most - 1), Cut(lines[most - 1] + "…", width)];
        return [.. lines.Select(l => Cut(l, width))];
    }

    /// <summary>Words with the space behind them; a character of its own where a script has no spaces.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        StringBuilder word = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsWide(rune) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
            word.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
            if (IsWide(rune) || Rune.IsWhiteSpace(rune))
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    private static string Cut(string line, double width)
    {
        if (Width(line) <= width)
            return line;
        Rune[] runes = [.. line.TrimEnd('…').EnumerateRunes()];
        int kept = runes.Length;
        while (kept > 0 && Width(string.Concat(runes.Take(kept))) + 1 > width)
            kept--;
        return string.Concat(runes.Take(kept)) + "…";
    }

    /// <summary>In em, rather too wide than too narrow.</summary>
    private static double Width(string text) => text.EnumerateRunes().Sum(r => IsWide(r) ? 1 : Rune.IsWhiteSpace(r) ? 0.3 : Rune.IsUpper(r) || Rune.IsDigit(r) ? 0.68 : 0.56);

    private static bool IsWide(Rune rune) => rune.Value >= 0x2E80;
}
