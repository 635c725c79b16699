namespace Dispatch.Domain.Rules;

/// <summary>The head of every file of rules or figures: which form it has, what it is a version of, and from which day on.</summary>
public abstract record RuleBook : IDatedRules
{
    /// <summary>The form of file.</summary>
    public required int Schema { get; init; }

    /// <inheritdoc/>
    public required string Book { get; init; }

    /// <summary>What decisions cite beside the book; never empty.</summary>
    public required string Version { get; init; }

    /// <inheritdoc/>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>Set by the reader. Not public, so that a file cannot name it.</summary>
    internal RuleFile Origin { get; init; }

    string IDatedRules.File => Origin.Name;

    bool IDatedRules.IsBuiltIn => Origin.IsBuiltIn;

    /// <summary>Notes what of the content makes no sense. The head has been looked at before.</summary>
    protected internal abstract void Check(RuleCheck check);
}
