using System.Text.Json.Serialization;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain.ServiceDesk;

/// <summary>One conversation of a customer with the house, over whatever channel.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contactId"), JsonConverter(typeof(StringIdConverter<ContactId>))]
public readonly record struct ContactId([property: Id(0)] string Value) : IStringId<ContactId>, IComparable<ContactId>
{
    public const string Prefix = "contact_";
    public static ContactId From(string value) => new(value);
    public static ContactId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "contact", operation.Value));
    public int CompareTo(ContactId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>One question to the second line.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalationId"), JsonConverter(typeof(StringIdConverter<EscalationId>))]
public readonly record struct EscalationId([property: Id(0)] string Value) : IStringId<EscalationId>, IComparable<EscalationId>
{
    public const string Prefix = "escalation_";
    public static EscalationId From(string value) => new(value);
    public static EscalationId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "escalation", operation.Value));
    public int CompareTo(EscalationId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>The one call after a job. It follows from the job, so that a job told of twice has one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBackId"), JsonConverter(typeof(StringIdConverter<CallBackId>))]
public readonly record struct CallBackId([property: Id(0)] string Value) : IStringId<CallBackId>, IComparable<CallBackId>
{
    public const string Prefix = "callback_";
    public static CallBackId From(string value) => new(value);
    public static CallBackId Of(TenantId tenant, JobId job) => new(Prefix + Derived.Id(tenant, "callback", job.Value));
    public int CompareTo(CallBackId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>One complaint, and the dispute it may become.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caseId"), JsonConverter(typeof(StringIdConverter<CaseId>))]
public readonly record struct CaseId([property: Id(0)] string Value) : IStringId<CaseId>, IComparable<CaseId>
{
    public const string Prefix = "case_";
    public static CaseId From(string value) => new(value);

    /// <summary>
    /// The n-th complaint about a job, n from 1. Everybody who complains, a rating too, asks them in turn until one is not over: so they meet at the one that is under way, however lately it was
    /// opened, and there is never a second beside it.
    /// </summary>
    public static CaseId Of(TenantId tenant, JobId job, int n) => new(Prefix + Derived.Id(tenant, "case", $"{job.Value}\n{n}"));
    public int CompareTo(CaseId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A text that somebody said or wrote, in an erasable row of its own; events name it and keep a digest.</summary>
/// <param name="Id">The row.</param>
/// <param name="Digest">By which the audit tells the text without having it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deskText")]
public sealed record DeskText([property: Id(0)] string Id, [property: Id(1)] string Digest);
