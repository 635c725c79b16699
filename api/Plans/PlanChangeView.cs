using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Intents;
using Dispatch.Grains.Contracts.Intents;

namespace Dispatch.Api.Plans;

/// <summary>One move of a change of plan as it was stated.</summary>
public sealed record MoveView(string JobId, long Epoch, string? From, string? To, VisitView? Visit);

/// <summary>A change of plan and what became of it.</summary>
/// <param name="Code">What withdrew it: a row of the refusals; null otherwise.</param>
public sealed record PlanChangeView(
    string Id,
    string Zone,
    IntentStatus Status,
    IReadOnlyList<MoveView> Moves,
    string Reason,
    DateTimeOffset OpenedAt,
    DateTimeOffset DecideBy,
    DateTimeOffset? DecidedAt,
    string? Code,
    long Version)
{
    public static PlanChangeView Of(VersionedIntent intent) => new(
        intent.State.Id.Value, intent.State.Zone.Value, intent.State.Status,
        [.. intent.State.Moves.Select(m => new MoveView(m.Job.Value, m.Epoch.Value, m.From?.Value, m.To?.Value, m.Visit is { } visit ? VisitView.Of(visit) : null))],
        intent.State.Reason, intent.State.OpenedAt, intent.State.DecideBy, intent.State.DecidedAt, intent.State.Why?.Code, intent.Version);

    public JsonNode? ToJson() => JsonSerializer.SerializeToNode(this, ApiJson.Options);
}
