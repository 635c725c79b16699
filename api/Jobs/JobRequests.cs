using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Jobs;

/// <summary>Lengths and counts that requests about jobs keep to.</summary>
internal static class JobLimits
{
    public const int Windows = 16, Skills = 32, Tools = 32, Parts = 32, Candidates = 8;
    public const int Name = 100, Phone = 32, Address = 300, Language = 16, Brand = 60, Model = 80, Serial = 64, Symptom = 2_000, Reason = 300, Work = 4_000;
    public const int LongestServiceSeconds = 24 * 3600, HighestPriority = 100, HighestSkill = 10, MostParts = 1_000;

    public static readonly string[] DeclineReasons = ["too_far", "no_part", "no_time", "cannot_make_window", "other"];
    public static readonly string[] Outcomes = ["repaired", "not_repaired", "swapped"];
    public static readonly string[] Severities = ["regular", "urgent"];

    /// <summary>Only for one of <see cref="Outcomes"/>.</summary>
    public static RepairOutcome ToOutcome(string word) => word switch { "repaired" => RepairOutcome.Repaired, "swapped" => RepairOutcome.Swapped, _ => RepairOutcome.NotRepaired };

    /// <summary>Null where none was given.</summary>
    public static Severity? ToSeverity(string? word) => word switch { "urgent" => Severity.Urgent, "regular" => Severity.Regular, _ => null };
}

public sealed record SkillInput([property: Required] string? Code, [property: Required] int? Level)
{
    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        c.Code(Code, "code");
        c.Range(Level, "level", 0, JobLimits.HighestSkill);
    });

    internal SkillLevel ToSkill() => new(Code!, Level!.Value);
}

public sealed record PartInput([property: Required] string? Code, [property: Required] int? Quantity)
{
    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        c.Code(Code, "code");
        c.Range(Quantity, "quantity", 0, JobLimits.MostParts);
    });

    internal PartQuantity ToPart() => new(Code!, Quantity!.Value);
}

/// <summary>What a job needs. Lists may be left out; nothing then is needed of the kind.</summary>
public sealed record NeedsInput(
    IReadOnlyList<SkillInput?>? Skills, IReadOnlyList<string?>? Tools, IReadOnlyList<PartInput?>? Parts, [property: Required] long? ServiceSeconds, int? Priority) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Each(Skills, "skills", 0, JobLimits.Skills, (skill, field) => skill.Validate(check, field));
        check.Each(Tools, "tools", 0, JobLimits.Tools, (tool, field) => check.Code(tool, field));
        check.Each(Parts, "parts", 0, JobLimits.Parts, (part, field) => part.Validate(check, field));
        check.Range(ServiceSeconds, "serviceSeconds", 0, JobLimits.LongestServiceSeconds);
        check.RangeIfGiven((long?)Priority, "priority", 0, JobLimits.HighestPriority);
    }

    internal ServiceNeeds ToNeeds() => ServiceNeeds.Of(
        (Skills ?? []).Select(s => s!.ToSkill()), (Tools ?? []).Select(t => t!), (Parts ?? []).Select(p => p!.ToPart()), TimeSpan.FromSeconds(ServiceSeconds!.Value), Priority ?? 0);
}

public sealed record OfferRequest([property: Required] IReadOnlyList<string?>? TechnicianIds, bool? Direct, DateTimeOffset? DepartAt) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Each(TechnicianIds, "technicianIds", 1, JobLimits.Candidates, (id, field) =>
        {
            if (!Words.IsId(id, TechnicianId.Prefix))
                check.Fault(field, "bad_form");
        });
        if (TechnicianIds is { Count: > 1 } && TechnicianIds.Distinct().Count() < TechnicianIds.Count)
            check.Fault("technicianIds", "duplicate");
        if (Direct == true && TechnicianIds is { Count: > 1 })
            check.Fault("technicianIds", "too_many");
        check.TimeIfGiven(DepartAt, "departAt");
    }
}

public sealed record AcceptRequest([property: Required] long? Epoch) : IRequestBody
{
    public void Validate(Check check) => check.Range(Epoch, "epoch", 0, long.MaxValue);
}

/// <param name="Reason"><c>too_far</c>, <c>no_part</c>, <c>no_time</c>, <c>cannot_make_window</c> or <c>other</c>.</param>
public sealed record DeclineRequest([property: Required] long? Epoch, [property: Required] string? Reason) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Range(Epoch, "epoch", 0, long.MaxValue);
        check.OneOf(Reason, "reason", JobLimits.DeclineReasons);
    }
}

/// <summary>A step of the work.</summary>
/// <param name="OccurredAt">By the technician's device; now if left out.</param>
public sealed record StepRequest([property: Required] long? Epoch, DateTimeOffset? OccurredAt) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Range(Epoch, "epoch", 0, long.MaxValue);
        check.TimeIfGiven(OccurredAt, "occurredAt");
    }
}

/// <param name="Outcome"><c>repaired</c>, <c>not_repaired</c>, or of a swap <c>swapped</c>.</param>
/// <param name="PartsUsed">What the needs name, if left out.</param>
/// <param name="Work">The work record, for colleagues.</param>
/// <param name="NewSerial">IMEI or serial number of the unit that was given; only where it was swapped.</param>
public sealed record RepairRequest(
    [property: Required] long? Epoch, DateTimeOffset? OccurredAt, [property: Required] string? Outcome, IReadOnlyList<PartInput?>? PartsUsed, string? Work, string? NewSerial = null) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Range(Epoch, "epoch", 0, long.MaxValue);
        check.TimeIfGiven(OccurredAt, "occurredAt");
        check.OneOf(Outcome, "outcome", JobLimits.Outcomes);
        check.Each(PartsUsed, "partsUsed", 0, JobLimits.Parts, (part, field) => part.Validate(check, field));
        check.TextIfGiven(Work, "work", JobLimits.Work, 0);
        check.LineIfGiven(NewSerial, "newSerial", JobLimits.Serial);
    }

    internal RepairOutcome ToOutcome() => JobLimits.ToOutcome(Outcome!);
}

/// <param name="SignedBy">The name under the acceptance; only a digest of it is kept.</param>
public sealed record SignRequest([property: Required] long? Epoch, DateTimeOffset? OccurredAt, [property: Required] string? SignedBy) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Range(Epoch, "epoch", 0, long.MaxValue);
        check.TimeIfGiven(OccurredAt, "occurredAt");
        check.Line(SignedBy, "signedBy", JobLimits.Name);
    }
}

public sealed record CancelRequest([property: Required] string? Reason) : IRequestBody
{
    public void Validate(Check check) => check.Text(Reason, "reason", JobLimits.Reason);
}

/// <param name="Version">Refused with 412 unless the job still has this version.</param>
public sealed record RescheduleRequest([property: Required] IReadOnlyList<WindowInput?>? Windows, long? Version) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Each(Windows, "windows", 1, JobLimits.Windows, check.Window);
        check.RangeIfGiven(Version, "version", 0, long.MaxValue);
    }
}

/// <param name="TechnicianId">Who alone is to have it; anybody if left out.</param>
/// <param name="Version">Refused with 412 unless the job still has this version.</param>
public sealed record ReassignRequest(string? TechnicianId, [property: Required] string? Reason, long? Version) : IRequestBody
{
    public void Validate(Check check)
    {
        if (TechnicianId is not null && !Words.IsId(TechnicianId, Domain.TechnicianId.Prefix))
            check.Fault("technicianId", "bad_form");
        check.Text(Reason, "reason", JobLimits.Reason);
        check.RangeIfGiven(Version, "version", 0, long.MaxValue);
    }
}
