using Dispatch.Domain.Jobs;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Triage;

/// <summary>Whether a tree can be walked whatever is answered: every answer leads somewhere, nothing leads back, nothing is out of reach, and every end says what it must.</summary>
internal static class TriageCheck
{
    private const int LongestMinutes = 8 * 60;

    public static void Tree(TriageTree tree, RuleCheck check, string path)
    {
        check.Text(tree.Category, path);
        check.Unique(tree.Questions.Select(q => q.Id).Concat(tree.Ends.Select(e => e.Id)), $"{path}.ids");
        foreach (TriageQuestion question in tree.Questions)
            Question(tree, question, check, $"{path}.{question.Id}");
        foreach (TriageEnd end in tree.Ends)
            End(end, check, $"{path}.{end.Id}");
        if (!Exists(tree, tree.Root))
            check.Fault($"{path}.root", "dead_end");
        else if (check.IsClean)
            Ways(tree, check, path);
    }

    private static void Question(TriageTree tree, TriageQuestion question, RuleCheck check, string path)
    {
        check.Words(question.Words, $"{path}.words");
        if (question.Answers.Length < 2)
            check.Fault(path, "dead_end");
        check.Unique(question.Answers.Select(a => a.Code), $"{path}.answers");
        foreach (TriageAnswer answer in question.Answers)
        {
            check.Text(answer.Code, $"{path}.answers");
            check.Words(answer.Words, $"{path}.{answer.Code}.words");
            if (!Exists(tree, answer.To))
                check.Fault($"{path}.{answer.Code}", "dead_end");
        }
    }

    private static void End(TriageEnd end, RuleCheck check, string path)
    {
        check.Text(end.Category, $"{path}.category");
        check.Words(end.Words, $"{path}.words");
        check.Range(end.Minutes, end.Kind == TriageKind.Remote ? 0 : 1, LongestMinutes, $"{path}.minutes");
        if (end.Kind == TriageKind.Fault && end.Skills.IsEmpty)
            check.Fault($"{path}.skills", "missing");
        if (end.Kind != TriageKind.Fault && !end.Parts.IsEmpty)
            check.Fault($"{path}.parts", "contradiction");
        foreach (string? code in end.Parts.Select(p => p.Code).Concat(end.Skills.Select(s => s.Code)).Concat(end.Tools))
            check.Text(code, $"{path}.codes");
        foreach (PartQuantity part in end.Parts)
            check.Range(part.Quantity, 1, 100, $"{path}.parts.{part.Code}");
        foreach (SkillLevel skill in end.Skills)
            check.Range(skill.Level, 1, 9, $"{path}.skills.{skill.Code}");
    }

    private static bool Exists(TriageTree tree, string id) => tree.Question(id) is not null || tree.End(id) is not null;

    private static void Ways(TriageTree tree, RuleCheck check, string path)
    {
        HashSet<string> seen = [], onTheWay = [];
        Visit(tree.Root);
        foreach (string id in tree.Questions.Select(q => q.Id).Concat(tree.Ends.Select(e => e.Id)).Where(id => !seen.Contains(id)))
            check.Fault($"{path}.{id}", "unreachable");

        void Visit(string id)
        {
            if (onTheWay.Contains(id))
            {
                check.Fault($"{path}.{id}", "cycle");
                return;
            }
            if (!seen.Add(id) || tree.Question(id) is not { } question)
                return;
            onTheWay.Add(id);
            foreach (TriageAnswer answer in question.Answers)
                Visit(answer.To);
            onTheWay.Remove(id);
        }
    }
}
