using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain.Offers;

/// <summary>A programme in one region: what its brand has granted there is counted by itself.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programmeId"), JsonConverter(typeof(StringIdConverter<ProgrammeId>))]
public readonly record struct ProgrammeId([property: Id(0)] string Value) : IStringId<ProgrammeId>, IComparable<ProgrammeId>
{
    private const char At = '@';

    public static ProgrammeId From(string value) => new(value);
    public static ProgrammeId Of(string code, ZoneId region) => new($"{code}{At}{region.Value}");

    public string Code => Value[..Value.LastIndexOf(At)];
    public string Region => Value[(Value.LastIndexOf(At) + 1)..];

    public int CompareTo(ProgrammeId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>One visit that a programme pays for and that is not over yet. <see cref="ExpiresAt"/> only until its job is written.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.grantedVisit")]
public sealed record GrantedVisit([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] long Amount, [property: Id(2)] DateTimeOffset? ExpiresAt)
{
    public bool HasLapsed(DateTimeOffset now) => now >= ExpiresAt;
}

/// <summary>What a programme has granted in its region: visits that are over as sums, the others one by one.</summary>
/// <param name="VisitsOver">Of jobs that have closed.</param>
/// <param name="SpentOver">On them, in minor units of money.</param>
/// <param name="Over">The last jobs whose visit was counted or given back: what is told of them late changes nothing.</param>
[GenerateSerializer, Immutable, Alias("dispatch.programmeState")]
public sealed record ProgrammeState(
    [property: Id(0)] ProgrammeId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] int VisitsOver,
    [property: Id(3)] long SpentOver,
    [property: Id(4)] ImmutableArray<GrantedVisit> Open,
    [property: Id(5)] ImmutableArray<JobId> Over)
{
    /// <summary>How many ended jobs are remembered against what is told again.</summary>
    public const int Remembered = 256;

    public GrantedVisit? VisitOf(JobId job) => Open.FirstOrDefault(v => v.Job == job);

    /// <summary>What counts against quota and budget, without what has lapsed.</summary>
    public ProgrammeUse Use(DateTimeOffset now, JobId? but = null)
    {
        GrantedVisit[] held = [.. Open.Where(v => v.Job != but && !v.HasLapsed(now))];
        return new ProgrammeUse(Id.Code, VisitsOver + held.Length, SpentOver + held.Sum(v => v.Amount));
    }
}
