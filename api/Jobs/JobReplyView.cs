using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dispatch.Api.Jobs;

/// <summary>A job right after a command.</summary>
/// <param name="Token">Given to a list, the list shows at least this change.</param>
/// <param name="TechnicianId">Who has it.</param>
/// <param name="TechnicianIds">Whom it is offered to, or who has it.</param>
/// <param name="TrackingUrl">The customer's page; only in the answer to the request for the job, and to that for a new link.</param>
/// <param name="TrackingToken">The right to this one job; only where <paramref name="TrackingUrl"/> is.</param>
/// <param name="Warnings">What of the request was taken and may still not be meant.</param>
public sealed record JobReplyView(
    string Id,
    JobStatus Status,
    long Epoch,
    long Version,
    string? Token,
    string? TechnicianId,
    IReadOnlyList<string>? TechnicianIds,
    string? TrackingUrl = null,
    string? TrackingToken = null,
    IReadOnlyList<WarningView>? Warnings = null)
{
    /// <summary>Made of nothing but the recorded answer, so that a repetition reads the same.</summary>
    public static JobReplyView Of(JobAnswer job, Caller caller)
    {
        bool shows = caller.TrackedJob is null && !job.Technicians.IsDefaultOrEmpty;
        bool has = job.Status is >= JobStatus.Accepted and <= JobStatus.Closed && job.Technicians.Length == 1;
        return new(
            job.Id.Value, job.Status, job.Epoch.Value, job.Version, new ChangeToken(ChangeToken.Job, job.Id.Value, job.Version).ToString(),
            shows && has ? job.Technicians[0].Value : null,
            shows ? [.. job.Technicians.Select(t => t.Value)] : null);
    }
}

internal static class JobAnswers
{
    public static Results<Ok<JobReplyView>, Refused> ToResult(this JobReply reply, Caller caller) =>
        reply.Refusal is null ? TypedResults.Ok(JobReplyView.Of(reply.Job!, caller)) : reply.ToRefused(caller);

    /// <summary>The refusal with the job as it is; the holder of a tracking token does not learn of technicians.</summary>
    public static Refused ToRefused(this JobReply reply, Caller caller)
    {
        Refusal refusal = reply.Refusal!;
        if (caller.TrackedJob is not null)
            refusal = refusal with { Facts = refusal.Facts.RemoveAll(f => f.Name == "technicianId") };
        JsonNode? current = reply.Job is { } job && refusal.Kind is (RefusalKind.Conflict or RefusalKind.Outdated)
            ? JsonSerializer.SerializeToNode(JobReplyView.Of(job, caller) with { Token = null }, ApiJson.Options)
            : null;
        return Refused.Of(refusal, current);
    }
}
