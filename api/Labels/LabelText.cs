using System.Globalization;
using System.Text;

namespace Dispatch.Api.Labels;

/// <summary>
/// Measures text and breaks it into lines, because SVG does neither. By the advance widths of Inter, the first font of a label; the drawing holds every line to the width reckoned
/// here (<c>textLength</c>), so that another font moves no line into its neighbor. Pure.
/// </summary>
internal static class LabelText
{
    /// <summary>Thousandths of an em for the characters from space to tilde.</summary>
    private static readonly int[] Regular = Widths(
        "281 288 466 633 642 982 644 300 365 365 501 662 288 460 288 360 631 407 610 618 646 593 620 566 619 620 288 302 662 662 662 511 966 690 654 730 722 601 590 746 743 269 571 672 565 903 753 765 639 765 " +
        "644 642 646 744 690 985 682 679 629 365 360 365 471 456 323 562 612 571 612 583 370 613 591 242 242 549 242 876 591 600 612 612 376 528 327 591 562 818 546 562 552 426 333 426 662");

    private static readonly int[] Bold = Widths(
        "237 338 552 649 655 1016 672 339 377 377 559 679 334 468 334 388 674 431 630 646 676 622 649 582 651 649 334 343 679 679 679 560 1016 747 662 740 722 607 587 750 747 281 584 719 565 932 762 771 648 777 " +
        "657 655 667 732 747 1038 738 731 664 377 388 377 487 476 365 581 630 588 630 596 398 632 623 271 271 580 271 913 623 613 630 630 407 560 366 623 600 850 580 602 573 469 372 469 679");

    /// <summary>In em. Characters outside the table are rather taken too wide than too narrow.</summary>
    public static double Width(string text, bool bold) => text.EnumerateRunes().Sum(rune => Width(rune, bold ? Bold : Regular)) / 1000.0;

    /// <summary>
    /// Lines of at most <paramref name="width"/> em that hold the whole text. They end at spaces, between characters of scripts that have none, and within a word only where it is longer
    /// than a line.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, bool bold)
    {
        List<string> lines = [];
        string line = "";
        foreach (string piece in Pieces(text, width, bold))
        {
            if (line.Length > 0 && Width((line + piece).TrimEnd(), bold) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
            }
            line = line.Length == 0 ? piece.TrimStart() : line + piece;
        }
        if (line.Trim().Length > 0)
            lines.Add(line.TrimEnd());
        return lines;
    }

    /// <summary>The beginning that fits with an ellipsis behind it.</summary>
    public static string Cut(string line, double width, bool bold)
    {
        Rune[] runes = [.. line.EnumerateRunes()];
        int kept = runes.Length;
        while (kept > 0 && Width(string.Concat(runes.Take(kept)) + "…", bold) > width)
            kept--;
        return string.Concat(runes.Take(kept)).TrimEnd() + "…";
    }

    /// <summary>Words with the space behind them; a character of its own where a script has no spaces, or a word no end.</summary>
    private static IEnumerable<string> Pieces(string text, double width, bool bold)
    {
        StringBuilder word = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isSpace = Rune.IsWhiteSpace(rune);
            string next = isSpace ? " " : rune.ToString();
            if (word.Length > 0 && (IsWide(rune) || (!isSpace && Width(word + next, bold) > width)))
            {
                yield return word.ToString();
                word.Clear();
            }
            word.Append(next);
            if (IsWide(rune) || isSpace)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
            yield return word.ToString();
    }

    private static int Width(Rune rune, int[] table)
    {
        if (rune.Value is >= ' ' and <= '~')
            return table[rune.Value - ' '];
        if (rune.Value == '…')
            return 1000;
        if (rune.Value >= 0x1F000)
            return 1400;
        return IsWide(rune) ? 1000 : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            UnicodeCategory.UppercaseLetter => 780,
            _ => 660,
        };
    }

    private static bool IsWide(Rune rune) => rune.Value is >= 0x2E80 or (>= 0x1100 and <= 0x115F);

    private static int[] Widths(string figures) => [.. figures.Split(' ').Select(figure => int.Parse(figure, CultureInfo.InvariantCulture))];
}
