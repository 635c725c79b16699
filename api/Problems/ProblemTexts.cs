using System.Collections.Frozen;
using System.Text;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Problems;

/// <summary>
/// English words for codes, read from docs/refusals.md, which is built into the assembly: what people read there is what problems say.
/// </summary>
internal static class ProblemTexts
{
    private static readonly FrozenDictionary<string, (string Description, string Action)> Rows = Parse(Load()).ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Codes => Rows.Keys;

    /// <summary>What the code means, one sentence. The code itself where there is no row; a test keeps that from happening.</summary>
    public static string Title(string code) => Rows.TryGetValue(code, out (string Description, string Action) row) ? row.Description : code;

    /// <summary>Meaning, facts and possible action.</summary>
    public static string Detail(string code, IEnumerable<Fact> facts)
    {
        StringBuilder text = new(Title(code));
        string joined = string.Join(", ", facts.Select(f => $"{f.Name} {f.Value}"));
        if (joined.Length > 0)
            text.Append(" (").Append(joined).Append(')');
        text.Append('.');
        if (Rows.TryGetValue(code, out (string Description, string Action) row) && row.Action.Length > 0)
            text.Append(' ').Append(row.Action).Append('.');
        return text.ToString();
    }

    /// <summary>Rows of the form <c>| `code` | description | possible action |</c>.</summary>
    public static Dictionary<string, (string Description, string Action)> Parse(string markdown)
    {
        Dictionary<string, (string, string)> rows = new(StringComparer.Ordinal);
        foreach (string line in markdown.Split('\n'))
        {
            string[] cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length == 3 && cells[0].Length > 2 && cells[0][0] == '`' && cells[0][^1] == '`')
                rows.Add(cells[0][1..^1], (cells[1], cells[2]));
        }
        return rows;
    }

    private static string Load()
    {
        using Stream stream = typeof(ProblemTexts).Assembly.GetManifestResourceStream("refusals.md")
            ?? throw new InvalidOperationException("docs/refusals.md is not built into the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
