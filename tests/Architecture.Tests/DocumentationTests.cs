using System.Text.RegularExpressions;

namespace Dispatch.Architecture.Tests;

/// <summary>
/// What the pages point at is there: files, headings, and the types, methods and files that docs/traceability.md and docs/glossary.md name. A page that speaks of something else than the source
/// goes stale in silence.
/// </summary>
public sealed partial class DocumentationTests
{
    private const string Traceability = "docs/traceability.md", Glossary = "docs/glossary.md";
    private const int ProductRows = 71;

    private static readonly string[] Pages = ["README.md", "CONTRIBUTING.md", .. Source.Files("*.md", "docs")];

    /// <summary>Types and methods declared in the tests, and in everything else; enumeration members and properties only as <c>Type.Member</c>.</summary>
    private static readonly Names Product = new("domain", "grains", "silo", "api", "sim", "bench"), Tests = new("tests");

    public static TheoryData<string> AllPages() => [.. Pages];

    [Theory, MemberData(nameof(AllPages))]
    public void EveryLink_LeadsToAFileAndAHeadingThatAreThere(string page)
    {
        List<string> broken = [];
        foreach (Match link in Link().Matches(WithoutCode(Source.Text(page))))
        {
            string[] parts = link.Groups[1].Value.Split('#', 2);
            if (parts[0].Contains("://", StringComparison.Ordinal) || parts[0].StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            string target = parts[0].Length == 0 ? page : Relative(page, parts[0]);
            if (!Path.Exists(Path.Combine(Source.Root, target)))
                broken.Add($"{link.Value}: there is no {target}");
            else if (parts.Length == 2 && !Headings(target).Contains(parts[1]))
                broken.Add($"{link.Value}: {target} has no such heading");
        }
        None(broken);
    }

    [Fact]
    public void ThePagesLookedAt_AreThose_AndTheyHaveLinks()
    {
        Assert.Contains(Traceability, Pages);
        Assert.Contains("docs/decisions/0001-record-decisions.md", Pages);
        Assert.True(Pages.Sum(p => Link().Count(WithoutCode(Source.Text(p)))) > 20);
    }

    [Fact]
    public void EveryFact_NamesARuleAndATestThatAreThere_OrSaysThatItIsNotYet()
    {
        string[][] rows = [.. Tables(Traceability, "fact")];
        Assert.True(rows.Length > 60, $"only {rows.Length} facts");
        List<string> wrong = [];
        foreach (string[] row in rows)
        {
            if (row.Length != 4 || row.Any(cell => cell.Length == 0))
            {
                wrong.Add($"{row[0]}: four cells, none empty");
                continue;
            }
            (string fact, string rule, string test, string page) = (row[0], row[1], row[2], row[3]);
            wrong.AddRange(Named(rule).Where(name => !Product.Has(name)).Select(name => $"{fact}: no {name} in the source"));
            wrong.AddRange(Named(test).Where(name => !Tests.Has(name)).Select(name => $"{fact}: no {name} in the tests"));
            if (rule == "not yet" ? (test, page) != ("not yet", "not yet") : !rule.StartsWith("none", StringComparison.Ordinal) && !Named(rule).Any())
                wrong.Add($"{fact}: a rule is named, or everything is not yet");
        }
        None(wrong);
    }

    [Fact]
    public void EveryProductRow_IsThereOnce_WithItsStateAndItsPlaceInTheCode()
    {
        string[][] rows = [.. Tables(Traceability, "#")];
        Assert.Equal(Enumerable.Range(1, ProductRows).Select(n => $"{n}"), rows.Select(r => r[0]));
        List<string> wrong = [];
        foreach (string[] row in rows)
        {
            string state = row[2].Split(':')[0];
            if (state is not ("done" or "partly" or "not yet") || (state == "partly") != row[2].Contains(':', StringComparison.Ordinal))
                wrong.Add($"{row[0]}: the state is done, partly with what is missing, or not yet");
            if ((state == "not yet") != (row[3] == "–"))
                wrong.Add($"{row[0]}: a place in the code belongs to what is there");
            wrong.AddRange(Named(row[3]).Where(name => !Product.Has(name)).Select(name => $"{row[0]}: no {name} in the source"));
        }
        None(wrong);
    }

    [Fact]
    public void EveryTerm_IsEmbodiedBySomethingThatIsThere_AndItsChineseIsOnThePages()
    {
        string[][] rows = [.. Tables(Glossary, "term")];
        Assert.True(rows.Length > 40, $"only {rows.Length} terms");
        string words = Source.Text("web/shared/i18n/zh-Hans.json");
        Assert.DoesNotContain(rows, row => row.Length != 4 || row.Any(cell => cell.Length == 0));
        None(rows.SelectMany(row => Named(row[2]).Where(name => !Product.Has(name)).Select(name => $"{row[0]}: no {name} in the source")));
        None(rows.Where(row => row[2] != "not yet" && !Named(row[2]).Any()).Select(row => $"{row[0]}: nothing embodies it"));
        None(rows.Where(row => row[3] != "–").SelectMany(row => row[3].Split('、').Where(word => !words.Contains(word, StringComparison.Ordinal)).Select(word => $"{row[0]}: no page says {word}")));
    }

    /// <summary>Says all of them in full, so that one run shows everything there is to mend.</summary>
    private static void None(IEnumerable<string> faults) => Assert.True(!faults.Any(), string.Join('\n', faults));

    /// <summary>The rows of every table of a page whose first heading is this word.</summary>
    private static IEnumerable<string[]> Tables(string page, string first)
    {
        bool inside = false;
        foreach (string line in Source.Text(page).Split('\n').Select(l => l.Trim()))
        {
            string[] cells = line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(c => c.Trim())] : [];
            if (cells.Length == 0 || cells[0] == first)
                inside = cells.Length > 0;
            else if (inside && !cells.All(c => c.Trim('-', ':').Length == 0))
                yield return cells;
        }
    }

    private static IEnumerable<string> Named(string cell) => Code().Matches(cell).Select(m => m.Groups[1].Value);

    private static string Relative(string page, string link) =>
        Path.GetRelativePath(Source.Root, Path.GetFullPath(Path.Combine(Source.Root, Path.GetDirectoryName(page)!, link))).Replace('\\', '/');

    private static string WithoutCode(string text) => Fence().Replace(text, "");

    /// <summary>Names under which headings of a page can be linked to: lower case, words joined by hyphens, other signs left out.</summary>
    private static HashSet<string> Headings(string page) =>
        [.. Heading().Matches(WithoutCode(Source.Text(page))).Select(m => NoWord().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    /// <summary>What is declared in these folders.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, List<string>> types = [];
        private readonly HashSet<string> methods = [];

        public Names(params string[] folders)
        {
            foreach (string file in Source.Files("*.cs", folders))
            {
                string text = Source.Text(file);
                foreach (Match type in TypeName().Matches(text))
                    (types.TryGetValue(type.Groups[1].Value, out List<string>? files) ? files : (types[type.Groups[1].Value] = [])).Add(text);
                methods.UnionWith(MethodName().Matches(text).Select(m => m.Groups[1].Value));
            }
        }

        /// <summary>A path of the repository, a type, a method, or <c>Type.Member</c> where the member is named in a file that declares the type.</summary>
        public bool Has(string name)
        {
            if (name.Contains('/', StringComparison.Ordinal) || Path.Exists(Path.Combine(Source.Root, name)))
                return Path.Exists(Path.Combine(Source.Root, name));
            return name.Split('.') is [var type, var member]
                ? types.TryGetValue(type, out List<string>? files) && files.Any(text => Regex.IsMatch(text, $@"\b{Regex.Escape(member)}\b"))
                : types.ContainsKey(name) || methods.Contains(name);
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoWord();

    [GeneratedRegex(@"\b(?:class|interface|enum|record struct|record|struct) (\w+)")]
    private static partial Regex TypeName();

    /// <summary>A modifier, what it returns, and its name: no call looks like that.</summary>
    [GeneratedRegex(@"^\s*(?:(?:public|internal|protected|private|static|abstract|virtual|override|async|sealed|readonly|partial) )+[^=;{}\r\n]*?\b(\w+)(?:<[\w, ]+>)?\(", RegexOptions.Multiline)]
    private static partial Regex MethodName();
}
