using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Devices;

namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>Which promise holds for the answer.</summary>
[GenerateSerializer, Alias("dispatch.contactKind")]
public enum ContactKind { Consultation, Hotline }

/// <summary>The way a customer has come; every one ends in the same job.</summary>
[GenerateSerializer, Alias("dispatch.contactChannel")]
public enum ContactChannel { Hotline, Web, Messaging, ShopPlatform, WalkIn }

[GenerateSerializer, Alias("dispatch.contactStatus")]
public enum ContactStatus
{
    /// <summary>Nobody of the house talks with the customer.</summary>
    Waiting,
    /// <summary>One agent does.</summary>
    Talking,
    Ended,
}

[GenerateSerializer, Alias("dispatch.contactOutcome")]
public enum ContactOutcome
{
    HelpedRemotely,
    /// <summary>A job came of it; <see cref="ContactState.Job"/> says which.</summary>
    JobFiled,
    PassedOn,
    /// <summary>The customer left before anything came of it.</summary>
    GaveUp,
}

[GenerateSerializer, Alias("dispatch.contactVoice")]
public enum ContactVoice
{
    Customer,
    Agent,
    /// <summary>An agent's note, which the customer does not see.</summary>
    Note,
}

/// <summary>Something said. The words are in an erasable row.</summary>
/// <param name="By">Subject id, never a name; <c>customer</c> for the customer.</param>
[GenerateSerializer, Immutable, Alias("dispatch.contactWord")]
public sealed record ContactWord([property: Id(0)] ContactVoice Voice, [property: Id(1)] string By, [property: Id(2)] DateTimeOffset At, [property: Id(3)] DeskText Text);

/// <summary>What it is about, without anything personal.</summary>
/// <param name="Category">A code of the catalogue.</param>
/// <param name="About">A job that is already there.</param>
[GenerateSerializer, Immutable, Alias("dispatch.contactTopic")]
public sealed record ContactTopic(
    [property: Id(0)] string? Category, [property: Id(1)] string? Brand, [property: Id(2)] string? Model,
    [property: Id(3), JsonPropertyName("deviceId")] DeviceId? Device, [property: Id(4), JsonPropertyName("jobId")] JobId? About);

/// <summary>Everything decisions about a contact need, and how soon it was answered.</summary>
/// <param name="AnswerBy">The promise that held when it was opened.</param>
/// <param name="AnsweredAt">When an agent first took it; giving it back does not undo that.</param>
/// <param name="Agent">Who talks with the customer now, or did at the end: a subject id.</param>
/// <param name="Job">The job that came of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.contactState")]
public sealed record ContactState(
    [property: Id(0)] ContactId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ContactKind Kind,
    [property: Id(3)] ContactChannel Channel,
    [property: Id(4)] ContactTopic Topic,
    [property: Id(5)] ContactStatus Status,
    [property: Id(6)] DateTimeOffset OpenedAt,
    [property: Id(7)] DateTimeOffset AnswerBy,
    [property: Id(8)] DateTimeOffset? AnsweredAt,
    [property: Id(9)] string? Agent,
    [property: Id(10)] ImmutableArray<ContactWord> Words,
    [property: Id(11)] ContactOutcome? Outcome,
    [property: Id(12), JsonPropertyName("jobId")] JobId? Job,
    [property: Id(13)] DateTimeOffset? EndedAt)
{
    /// <summary>More is not a conversation any more.</summary>
    public const int MostWords = 500;
}
