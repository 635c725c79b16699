using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Triage;

/// <summary>What a line of questions comes to.</summary>
public enum TriageKind
{
    /// <summary>Help over the line: settings, software or use. No job comes of it.</summary>
    Remote,
    /// <summary>A fault that is likely enough to plan for: parts, time and skills are known.</summary>
    Fault,
    /// <summary>Somebody has to look first.</summary>
    Inspection,
}

/// <summary>An answer to choose, and the question or the end that follows.</summary>
public sealed record TriageAnswer
{
    public required string Code { get; init; }

    public required string To { get; init; }

    public required IReadOnlyDictionary<string, string> Words { get; init; }
}

/// <summary>A question with at least two answers; words by language.</summary>
public sealed record TriageQuestion
{
    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Words { get; init; }

    public required ImmutableArray<TriageAnswer> Answers { get; init; }
}

/// <summary>Where a line of questions ends.</summary>
public sealed record TriageEnd
{
    public required string Id { get; init; }

    public required TriageKind Kind { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The code of the catalogue that a job about it has.</summary>
    public required string Category { get; init; }

    public ImmutableArray<PartQuantity> Parts { get; init; } = [];

    public ImmutableArray<SkillLevel> Skills { get; init; } = [];

    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Expected time of work; of an inspection, the time to look.</summary>
    public int Minutes { get; init; }

    /// <summary>What the customer is to do or to know, by language.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }

    /// <summary>What a job about it takes; null where somebody has to look first, or nobody has to come.</summary>
    public ServiceNeeds? ToNeeds() => Kind == TriageKind.Fault ? ServiceNeeds.Of(Skills, Tools, Parts, TimeSpan.FromMinutes(Minutes)) : null;
}

/// <summary>The questions about one kind of complaint.</summary>
public sealed record TriageTree
{
    /// <summary>A code of the catalogue; unique in its book.</summary>
    public required string Category { get; init; }

    /// <summary>Where it begins.</summary>
    public required string Root { get; init; }

    public required ImmutableArray<TriageQuestion> Questions { get; init; }

    public required ImmutableArray<TriageEnd> Ends { get; init; }

    public TriageQuestion? Question(string id) => Questions.FirstOrDefault(q => q.Id == id);

    public TriageEnd? End(string id) => Ends.FirstOrDefault(e => e.Id == id);
}

/// <summary>One version of all trees; a file under <c>domain/Triage/Rules</c>, or one the house puts beside it.</summary>
public sealed record TriageBook : RuleBook
{
    public required ImmutableArray<TriageTree> Trees { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<TriageBook> BuiltIn { get; } = RuleFiles.BuiltIn<TriageBook>("triage", Read);

    public TriageTree? Tree(string category) => Trees.FirstOrDefault(t => t.Category == category);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (TriageBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<TriageBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        if (Trees.IsEmpty)
            check.Fault("trees", "empty");
        check.Unique(Trees.Select(t => t.Category), "trees");
        foreach (TriageTree tree in Trees)
            TriageCheck.Tree(tree, check, $"trees.{tree.Category}");
    }
}
