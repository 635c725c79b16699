using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.Triage;

namespace Dispatch.Domain.Tests.Triage;

public class TriageTests
{
    private static readonly DateOnly Today = new(2026, 5, 4);
    private static readonly RuleFile File = RuleFiles.BuiltIn("triage").Single();
    private static readonly TriageBook Book = TriageBook.Read(File).Value!;

    private static TriageStep At(string category, params string[] answers)
    {
        (TriageStep? step, Refusal? refusal) = TriageWalk.Walk(TriageBook.BuiltIn, category, [.. answers], Today);
        Assert.Null(refusal);
        return step!;
    }

    [Fact]
    public void SelfDiagnosis_MayEndInRemoteHelp_AProbableFault_OrAnInspection()
    {
        Assert.Equal("cracked", At("screen").Question!.Id);
        Assert.Equal(TriageKind.Remote, At("screen", "no", "yes", "yes").End!.Kind);
        TriageEnd fault = At("screen", "yes").End!;
        Assert.Equal((TriageKind.Fault, Severity.Urgent, "screen"), (fault.Kind, fault.Severity, fault.Category));
        ServiceNeeds needs = fault.ToNeeds()!;
        Assert.Equal((TimeSpan.FromMinutes(45), "screen", new SkillLevel("phone", 1)), (needs.Service, needs.Parts.Single().Code, needs.Skills.Single()));
        TriageEnd inspection = At("board", "no", "no", "yes").End!;
        Assert.Equal((TriageKind.Inspection, null), (inspection.Kind, inspection.ToNeeds()));
    }

    /// <summary>Every line of answers of every tree, walked: it ends, with what a job needs, and by more than one kind of end.</summary>
    [Fact]
    public void EveryLineOfAnswers_EndsWithWhatAJobNeeds()
    {
        HashSet<(string, string)> ends = [];
        int lines = 0;
        foreach (TriageTree tree in Book.Trees)
            Follow(tree, []);
        Assert.Equal(Book.Trees.Sum(t => t.Ends.Length), ends.Count);
        Assert.Equal(12, Book.Trees.Length);
        Assert.True(lines > 40, $"only {lines} lines");

        void Follow(TriageTree tree, ImmutableArray<string> answers)
        {
            TriageStep step = At(tree.Category, [.. answers]);
            if (step.End is { } end)
            {
                lines++;
                ends.Add((tree.Category, end.Id));
                Assert.Null(step.Question);
                Assert.True(end.Kind != TriageKind.Fault || end is { Minutes: > 0, Skills.IsEmpty: false });
                return;
            }
            foreach (TriageAnswer answer in step.Question!.Answers)
                Follow(tree, answers.Add(answer.Code));
        }
    }

    [Theory]
    [InlineData("kettle", new string[0], "triage.tree_unknown")]
    [InlineData("screen", new[] { "perhaps" }, "triage.answer_unknown")]
    [InlineData("screen", new[] { "yes", "yes" }, "triage.too_many_answers")]
    public void AWrongAnswer_IsRefused(string category, string[] answers, string code) =>
        Assert.Equal(code, TriageWalk.Walk(TriageBook.BuiltIn, category, [.. answers], Today).Refusal!.Code);

    [Fact]
    public void BeforeAnyBook_ThereIsNoTree() => Assert.Equal("rules.none_in_force", TriageWalk.Walk(TriageBook.BuiltIn, "screen", [], new DateOnly(2025, 12, 31)).Refusal!.Code);

    public static TheoryData<string, Action<JsonObject>, string> Damages => new()
    {
        { "an answer that leads nowhere", t => t["questions"]![0]!["answers"]![0]!["to"] = "nowhere", "dead_end" },
        { "a question with one answer", t => t["questions"]![2]!["answers"]!.AsArray().RemoveAt(1), "dead_end" },
        { "a root that is not there", t => t["root"] = "nowhere", "dead_end" },
        { "a way back", t => t["questions"]![2]!["answers"]![1]!["to"] = "cracked", "cycle" },
        { "an end nothing leads to", t => t["questions"]![2]!["answers"]![0]!["to"] = "replace", "unreachable" },
        { "an answer twice", t => t["questions"]![2]!["answers"]![1]!["code"] = "yes", "duplicate" },
        { "a name for two things", t => t["ends"]![0]!["id"] = "cracked", "duplicate" },
        { "words in two languages only", t => t["questions"]![0]!["words"]!.AsObject().Remove("zh-Hant"), "missing" },
        { "a fault nobody can repair", t => t["ends"]![1]!.AsObject().Remove("skills"), "missing" },
        { "a fault that takes no time", t => t["ends"]![1]!["minutes"] = 0, "out_of_range" },
        { "parts for remote help", t => t["ends"]![0]!["parts"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 1 }), "contradiction" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void ADamagedTree_IsAProblemWithAPlace(string what, Action<JsonObject> damage, string fault)
    {
        JsonNode book = JsonNode.Parse(File.Json)!;
        damage(book["trees"]![0]!.AsObject());
        Refusal? problem = TriageBook.Read(new RuleFile("damaged.json", book.ToJsonString())).Problem;
        Assert.True(problem?.Code == "rules.invalid" && problem.Facts.Any(f => f.Value == fault && f.Name.StartsWith("trees.screen", StringComparison.Ordinal)), $"{what}: {problem?.Code} {string.Join(' ', problem?.Facts ?? [])}");
    }

    [Fact]
    public void AFileOfAnotherForm_IsAProblem()
    {
        Assert.Equal("rules.malformed", TriageBook.Read(new RuleFile("x", "{}")).Problem!.Code);
        JsonNode book = JsonNode.Parse(File.Json)!;
        book["schema"] = 9;
        Assert.Equal("rules.schema_unknown", TriageBook.Read(new RuleFile("x", book.ToJsonString())).Problem!.Code);
    }
}
