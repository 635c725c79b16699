using System.Text.Json.Serialization;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk.Escalations;

[GenerateSerializer, Alias("dispatch.escalationStatus")]
public enum EscalationStatus
{
    /// <summary>In the queue of the second line.</summary>
    Waiting,
    /// <summary>One expert has it.</summary>
    Taken,
    Answered,
    /// <summary>An expert has given it back without an answer, and said why.</summary>
    GivenBack,
    /// <summary>Whoever asked does not need the answer any more.</summary>
    Withdrawn,
}

/// <summary>A question to the second line, from a contact or from a job that somebody cannot solve on site.</summary>
/// <param name="AskedBy">Subject id; of a technician the technician id.</param>
/// <param name="Expert">Who has it, or ended it: a subject id.</param>
/// <param name="Reply">The answer, or why there is none.</param>
[GenerateSerializer, Immutable, Alias("dispatch.escalationState")]
public sealed record EscalationState(
    [property: Id(0)] EscalationId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2), JsonPropertyName("jobId")] JobId? Job,
    [property: Id(3), JsonPropertyName("contactId")] ContactId? Contact,
    [property: Id(4)] EscalationStatus Status,
    [property: Id(5)] string AskedBy,
    [property: Id(6)] DateTimeOffset AskedAt,
    [property: Id(7)] DeskText Question,
    [property: Id(8)] string? Expert,
    [property: Id(9)] DateTimeOffset? TakenAt,
    [property: Id(10)] DeskText? Reply,
    [property: Id(11)] DateTimeOffset? EndedAt)
{
    public bool IsEnded => Status is EscalationStatus.Answered or EscalationStatus.GivenBack or EscalationStatus.Withdrawn;
}
