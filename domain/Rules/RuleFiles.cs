using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>A file of rules with its name, wherever it came from.</summary>
/// <param name="IsBuiltIn">Whether it comes with the program.</param>
public readonly record struct RuleFile(string Name, string Json, bool IsBuiltIn = false);

/// <summary>Reads one file: the value, or why not.</summary>
public delegate (T? Value, Refusal? Problem) RuleReader<T>(RuleFile file) where T : class;

/// <summary>The files that are built in, and how a set of files becomes a shelf.</summary>
public static class RuleFiles
{
    /// <summary>Built-in files under a folder, for example <c>entitlement</c>, by name.</summary>
    public static ImmutableArray<RuleFile> BuiltIn(string folder)
    {
        ImmutableArray<RuleFile>.Builder files = ImmutableArray.CreateBuilder<RuleFile>();
        foreach (string name in typeof(RuleFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith($"rules/{folder}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream stream = typeof(RuleFiles).Assembly.GetManifestResourceStream(name)!;
            using StreamReader reader = new(stream);
            files.Add(new RuleFile(name[(name.LastIndexOf('/') + 1)..], reader.ReadToEnd(), IsBuiltIn: true));
        }
        return files.DrainToImmutable();
    }

    /// <summary>All files on one shelf, or the problem of the first that is wrong: rules are taken as a whole or not at all.</summary>
    public static (RuleShelf<T>? Shelf, Refusal? Problem) Load<T>(IEnumerable<RuleFile> files, RuleReader<T> reader) where T : class, IDatedRules
    {
        List<T> versions = [];
        foreach (RuleFile file in files)
        {
            (T? version, Refusal? problem) = reader(file);
            if (problem is not null)
                return (null, problem);
            versions.Add(version!);
        }
        return RuleShelf<T>.Of(versions);
    }

    /// <summary>The built-in files of a folder, which the tests have read before.</summary>
    /// <exception cref="InvalidOperationException">One of them is wrong.</exception>
    public static RuleShelf<T> BuiltIn<T>(string folder, RuleReader<T> reader) where T : class, IDatedRules
    {
        (RuleShelf<T>? shelf, Refusal? problem) = Load(BuiltIn(folder), reader);
        return shelf ?? throw new InvalidOperationException($"{problem!.Code}: {string.Join(", ", problem.Facts.Select(f => $"{f.Name}={f.Value}"))}");
    }
}
