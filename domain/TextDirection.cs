using System.Text;

namespace Dispatch.Domain;

/// <summary>
/// Keeps a name in a right-to-left script from changing the order in which the plain text around it is read, as a number beside it would
/// be. Pure.
/// </summary>
public static class TextDirection
{
    private const char FirstStrongIsolate = '\u2068', PopIsolate = '\u2069';

    /// <summary>
    /// The text between U+2068 and U+2069 where it has characters that run from right to left, or that turn text. Anything else stays as it
    /// is: two more characters would make a message of plain letters cost twice as much.
    /// </summary>
    public static string Isolate(string text) => Turns(text) ? $"{FirstStrongIsolate}{text}{PopIsolate}" : text;

    /// <summary>Whether anything in the text runs from right to left, or turns text.</summary>
    public static bool Turns(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (Turns(rune.Value))
                return true;
        return false;
    }

    /// <summary>Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin, and controls in names from before they were taken out.</summary>
    private static bool Turns(int rune) =>
        rune is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)
        or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
