using System.Globalization;

namespace Dispatch.Instances;

/// <summary>One line of a benchmark file, which knows where it stands so that everything wrong in it can be found.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Number">The first line is 1.</param>
public sealed record FileLine(string File, int Number, string Text)
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private string[]? cells;

    /// <summary>What stands between blanks.</summary>
    public IReadOnlyList<string> Cells => cells ??= Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A title or the names of columns: no cell is a number, nor what computers write in place of one.</summary>
    public bool IsHeading => Cells.All(cell => !double.TryParse(cell, CultureInfo.InvariantCulture, out _));

    /// <summary>The lines of a text that are not blank.</summary>
    /// <param name="path">The file, perhaps with its folder.</param>
    public static IReadOnlyList<FileLine> Of(string path, string text)
    {
        string file = Path.GetFileName(path);
        return
        [
            .. text.TrimStart('\uFEFF')
                .Split('\n')
                .Select((line, i) => new FileLine(file, i + 1, line.TrimEnd('\r')))
                .Where(line => line.Text.AsSpan().Trim().Length > 0),
        ];
    }

    /// <summary>A finite number of a range, both ends included.</summary>
    /// <param name="what">Names it in the refusal.</param>
    public double Value(string cell, string what, double least, double most)
    {
        if (!double.TryParse(cell, Styles, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            throw Wrong($"{what} '{cell}' is not a number.");
        return value >= least && value <= most
            ? value
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{what} {cell} is outside the range {least:0} to {most:0}."));
    }

    /// <summary>A whole number of a range, both ends included.</summary>
    public int Whole(string cell, string what, int least, int most) =>
        Value(cell, what, least, most) is var value && Math.Floor(value) == value
            ? (int)value
            : throw Wrong($"{what} {cell} is not a whole number.");

    public InstanceFileException Wrong(string sentence) => new(File, Number, sentence);
}
