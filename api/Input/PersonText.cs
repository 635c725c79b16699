using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dispatch.Api.Input;

/// <summary>
/// What text of people may hold, decided once for every name, address, title and message. Pages and labels show such text beside other
/// text, so it must be visible, and it must not change in which order the text around it is read.
/// </summary>
internal static class PersonText
{
    /// <summary>
    /// Unicode's <c>Bidi_Control</c> characters. Messengers and address books wrap names and numbers in them, and nobody sees them; so they
    /// are taken out instead of refused. Text in Arabic or Hebrew reads the same without them, because pages and labels isolate it.
    /// </summary>
    private static readonly SearchValues<char> BidiControls =
        SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>Blank glyphs that Unicode counts among letters and symbols: the Hangul fillers and the empty Braille pattern.</summary>
    private static readonly SearchValues<char> Blanks = SearchValues.Create("\u115F\u1160\u2800\u3164\uFFA0");

    public static string WithoutBidiControls(string text) =>
        text.AsSpan().IndexOfAny(BidiControls) < 0 ? text : string.Concat(text.Where(c => !BidiControls.Contains(c)));

    /// <summary>Whether a reader would see anything: at least one letter, digit, punctuation mark or symbol.</summary>
    public static bool IsVisible(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (IsVisible(rune))
                return true;
        return false;
    }

    /// <summary>
    /// Control characters, halves of surrogate pairs and noncharacters, which no font shows and XML does not take. Line ends and tabs are
    /// among them unless the text may have several lines.
    /// </summary>
    public static bool HasControls(string text, bool severalLines)
    {
        foreach (char c in text)
            if (IsLineOrTab(c) ? !severalLines : char.IsControl(c))
                return true;
        // Halves of surrogate pairs come out of the enumeration as U+FFFD of one char, where the text has another one.
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsNoncharacter(rune) || (rune == Rune.ReplacementChar && char.IsSurrogate(text[at])))
                return true;
            at += rune.Utf16SequenceLength;
        }
        return false;
    }

    private static bool IsLineOrTab(char c) => c is '\n' or '\r' or '\t' or '\u2028' or '\u2029';

    private static bool IsNoncharacter(Rune rune) => rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE;

    private static bool IsVisible(Rune rune) => !(rune.IsBmp && Blanks.Contains((char)rune.Value)) && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        // A mark alone has nothing to stand on.
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => false,
        _ => true,
    };
}
