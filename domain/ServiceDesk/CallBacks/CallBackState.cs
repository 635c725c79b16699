using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.ServiceDesk.CallBacks;

[GenerateSerializer, Alias("dispatch.callBackStatus")]
public enum CallBackStatus
{
    /// <summary>To be called at <see cref="CallBackState.DueAt"/>.</summary>
    Planned,
    /// <summary>One agent is calling.</summary>
    Calling,
    /// <summary>The customer has rated the service, on the phone or by the tracking link.</summary>
    Rated,
    /// <summary>Nobody was reached as often as it was tried; the customer may still rate by the link.</summary>
    GivenUp,
}

/// <summary>The dimensions of satisfaction, 1 (very bad) to 5 (very good) each.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.satisfaction")]
public sealed record Satisfaction([property: Id(0)] int Service, [property: Id(1)] int Quality, [property: Id(2)] int Time, [property: Id(3)] int Attitude)
{
    public const int Worst = 1, Best = 5;

    [JsonIgnore]
    public int Lowest => Math.Min(Math.Min(Service, Quality), Math.Min(Time, Attitude));

    [JsonIgnore]
    public bool IsWithinRange => Lowest >= Worst && Math.Max(Math.Max(Service, Quality), Math.Max(Time, Attitude)) <= Best;
}

/// <summary>The call after one job: when, how often tried, and what the customer said.</summary>
/// <param name="Tries">How often it was called and nobody reached.</param>
/// <param name="Agent">Who is calling, or called: a subject id.</param>
/// <param name="ByLink">The customer rated by the tracking link.</param>
/// <param name="Remark">What the customer said beside the scores.</param>
/// <param name="Complaint">A complaint came of it, which names this call-back.</param>
[GenerateSerializer, Immutable, Alias("dispatch.callBackState")]
public sealed record CallBackState(
    [property: Id(0)] CallBackId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2), JsonPropertyName("jobId")] JobId Job,
    [property: Id(3)] CallBackStatus Status,
    [property: Id(4)] DateTimeOffset ClosedAt,
    [property: Id(5)] DateTimeOffset DueAt,
    [property: Id(6)] int Tries,
    [property: Id(7)] string? Agent,
    [property: Id(8)] Satisfaction? Rating,
    [property: Id(9)] bool ByLink,
    [property: Id(10)] DeskText? Remark,
    [property: Id(11)] bool Complaint,
    [property: Id(12)] DateTimeOffset? EndedAt)
{
    public bool IsOpen => Status is CallBackStatus.Planned or CallBackStatus.Calling;
}
