using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>
/// Collects what is wrong with a file of rules, place by place, so that one problem names all of it. Faults are words: <c>missing</c>, <c>empty</c>, <c>unknown</c>, <c>duplicate</c>,
/// <c>out_of_range</c>, <c>dead_end</c>, <c>cycle</c>, <c>unreachable</c>, <c>contradiction</c>.
/// </summary>
public sealed class RuleCheck
{
    private readonly List<(string Path, string Fault)> faults = [];

    public bool IsClean => faults.Count == 0;

    public void Fault(string path, string fault) => faults.Add((path, fault));

    public void Text(string? value, string path)
    {
        if (string.IsNullOrWhiteSpace(value))
            Fault(path, "empty");
    }

    /// <summary>An ISO 4217 code in capitals: browsers throw at anything else, and lower case would be another currency.</summary>
    public void Currency(string? value, string path)
    {
        if (string.IsNullOrWhiteSpace(value))
            Fault(path, "empty");
        else if (value.Length != 3 || !value.All(char.IsAsciiLetterUpper))
            Fault(path, "unknown");
    }

    public void Range(long value, long least, long most, string path)
    {
        if (value < least || value > most)
            Fault(path, "out_of_range");
    }

    /// <summary>A fault at each value that was there before.</summary>
    public void Unique<T>(IEnumerable<T> values, string path)
    {
        HashSet<T> seen = [];
        int at = 0;
        foreach (T value in values)
        {
            if (!seen.Add(value))
                Fault($"{path}[{at}]", "duplicate");
            at++;
        }
    }

    /// <summary>Each named text in every language of the house.</summary>
    public void Words(IReadOnlyDictionary<string, string> words, string path)
    {
        foreach (string language in Messages.MessageLanguages.All)
            if (!words.TryGetValue(language, out string? text) || string.IsNullOrWhiteSpace(text))
                Fault($"{path}.{language}", "missing");
    }

    /// <summary>Null if nothing is wrong.</summary>
    public Refusal? Problem(string file) => IsClean ? null : RuleProblems.Invalid(file, faults);
}
