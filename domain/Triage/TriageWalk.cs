using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Triage;

/// <summary>Where a line of answers has led: to the next question, or to an end.</summary>
public sealed record TriageStep(string Book, string Version, string Category, ImmutableArray<string> Answers, TriageQuestion? Question, TriageEnd? End);

/// <summary>Walks a tree by answers. Pure; the tree was checked when it was loaded, so every line of answers comes to an end.</summary>
public static class TriageWalk
{
    /// <summary>By the version in force on that day, from the root on.</summary>
    public static (TriageStep? Step, Refusal? Refusal) Walk(RuleShelf<TriageBook> books, string category, ImmutableArray<string> answers, DateOnly today)
    {
        if (books.Find(b => b.Tree(category) is not null, today) is not { } book)
            return (null, books.InForce(today).Any() ? TriageRefusals.TreeUnknown(category) : RuleProblems.NoneInForce(category, today));
        TriageTree tree = book.Tree(category)!;
        string at = tree.Root;
        for (int i = 0; i < answers.Length; i++)
        {
            if (tree.Question(at) is not { } question)
                return (null, TriageRefusals.TooManyAnswers(category, answers.Length, i));
            if (question.Answers.FirstOrDefault(a => a.Code == answers[i]) is not { } answer)
                return (null, TriageRefusals.AnswerUnknown(question, answers[i]));
            at = answer.To;
        }
        return (new TriageStep(book.Book, book.Version, category, answers, tree.Question(at), tree.End(at)), null);
    }
}

/// <summary>Every no of the self-diagnosis. Each code is a row of docs/refusals.md.</summary>
public static class TriageRefusals
{
    public static Refusal TreeUnknown(string category) => Refusal.Of("triage.tree_unknown", RefusalKind.Unknown, ("category", category));
    public static Refusal TooManyAnswers(string category, int given, int taken) => Refusal.Of("triage.too_many_answers", RefusalKind.Invalid, ("category", category), ("given", given), ("taken", taken));
    public static Refusal AnswerUnknown(TriageQuestion question, string given) =>
        Refusal.Of("triage.answer_unknown", RefusalKind.Invalid, ("question", question.Id), ("given", given.Length <= 40 ? given : given[..40]), ("known", string.Join(' ', question.Answers.Select(a => a.Code))));
}
