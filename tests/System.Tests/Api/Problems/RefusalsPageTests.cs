using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Dispatch.Api.Audit;
using Dispatch.Api.Problems;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;

namespace Dispatch.SystemTests.Api.Problems;

/// <summary>docs/refusals.md names every code there is, and no code that is not.</summary>
public sealed partial class RefusalsPageTests
{
    private static readonly string[] Rooms = ["domain", "grains", "api", "silo"];

    [Fact]
    public void EveryCodeInTheSource_HasARow()
    {
        HashSet<string> written = CodesInSource();
        Assert.Contains("job.epoch_stale", written);
        Assert.Empty(written.Except(ProblemTexts.Codes).Order());
    }

    [Fact]
    public void EveryRow_IsACodeOfTheSource() => Assert.Empty(ProblemTexts.Codes.Except(CodesInSource()).Order());

    [Fact]
    public void EveryRow_SaysWhatItMeansAndWhatCanBeDone()
    {
        foreach ((string code, (string description, string action)) in ProblemTexts.Parse(File.ReadAllText(Path.Combine(Root(), "docs", "refusals.md"))))
        {
            Assert.True(description.Length > 10 && !description.EndsWith('.'), $"{code}: the description is a sentence without its full stop");
            Assert.True(action.Length > 3 && !action.EndsWith('.'), $"{code}: the action is a sentence without its full stop");
        }
    }

    /// <summary>Quoted words of the form of a code, without the types of events, which share it.</summary>
    private static HashSet<string> CodesInSource()
    {
        HashSet<string> events = [.. new[] { typeof(JobEvent), typeof(TechnicianEvent), typeof(ServicePointEvent), typeof(ZoneEvent), typeof(MessageEvent), typeof(DeviceEvent), typeof(IntentEvent), typeof(ProgrammeEvent), typeof(ContactEvent), typeof(EscalationEvent), typeof(CallBackEvent), typeof(CaseEvent) }
            .SelectMany(t => t.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(a => (string)a.TypeDiscriminator!)];
        HashSet<string> codes = [];
        foreach (string file in Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root(), room), "*.cs", SearchOption.AllDirectories)))
            if (!file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                foreach (Match match in Code().Matches(File.ReadAllText(file)))
                    codes.Add(match.Groups[1].Value);
        codes.ExceptWith(events);
        // What audits call a look at a customer’s number, and at a technician on the way.
        codes.ExceptWith([AuditLog.ContactRead, AuditLog.PositionTracked]);
        return codes;
    }

    [GeneratedRegex("\"((?:job|intent|message|technician|position|point|zone|plan|territory|operation|device|entitlement|exchange|rules|triage|offer|booking|programme|contact|escalation|callback|case|request|auth|account|track|stream|read|server)\\.[a-z][a-z_]*)\"")]
    private static partial Regex Code();

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Dispatch.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The tests run outside the source tree.");
    }
}
