using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>One version of a book of rules or figures.</summary>
public interface IDatedRules
{
    /// <summary>What it is a version of.</summary>
    string Book { get; }

    /// <summary>The first day on which it decides; it does so until the day before a later version's.</summary>
    DateOnly InForceFrom { get; }

    /// <summary>The file it was read from, by which problems name it.</summary>
    string File { get; }

    /// <summary>Whether it comes with the program, and was not put there by the operating company.</summary>
    bool IsBuiltIn { get; }
}

/// <summary>
/// All versions of all books of one kind. A decision takes the version that was in force on its day, so it can be made again for any past day, and a new version changes nothing before its own.
/// </summary>
public sealed class RuleShelf<T> where T : class, IDatedRules
{
    private readonly ImmutableArray<T> versions;

    private RuleShelf(ImmutableArray<T> versions) => this.versions = versions;

    /// <summary>Every version, by book and day.</summary>
    public ImmutableArray<T> Versions => versions;

    /// <summary>In whatever order they come; <c>rules.duplicate</c> where two versions of a book begin on the same day.</summary>
    public static (RuleShelf<T>? Shelf, Refusal? Problem) Of(IEnumerable<T> versions)
    {
        ImmutableArray<T> sorted = [.. versions.OrderBy(v => v.Book, StringComparer.Ordinal).ThenBy(v => v.InForceFrom)];
        for (int i = 1; i < sorted.Length; i++)
            if (string.Equals(sorted[i].Book, sorted[i - 1].Book, StringComparison.Ordinal) && sorted[i].InForceFrom == sorted[i - 1].InForceFrom)
                return (null, RuleProblems.Duplicate(sorted[i].Book, sorted[i].InForceFrom, sorted[i - 1].File, sorted[i].File));
        return (new RuleShelf<T>(sorted), null);
    }

    /// <summary>The version of each book that was in force on that day, by book.</summary>
    public IEnumerable<T> InForce(DateOnly on) =>
        versions.Where(v => v.InForceFrom <= on).GroupBy(v => v.Book, StringComparer.Ordinal).Select(versionsOfBook => versionsOfBook.Last());

    /// <summary>The first book in force on that day that is about this, or null.</summary>
    public T? Find(Func<T, bool> isAbout, DateOnly on) => InForce(on).FirstOrDefault(isAbout);
}
