using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Intents;

namespace Dispatch.Api.Plans;

/// <summary>One job goes to somebody else, to another time with the same technician, or back into the queue.</summary>
/// <param name="Epoch">The job's, as last seen; under any other the whole change is refused.</param>
/// <param name="To">Who is to get it; back into the queue if left out.</param>
/// <param name="StartAt">When work is to begin; the first gap of their day that will do if left out.</param>
public sealed record MoveInput([property: Required] string? JobId, [property: Required] long? Epoch, string? To, DateTimeOffset? StartAt)
{
    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        if (c.Present(JobId, "jobId") && !Words.IsId(JobId, Domain.JobId.Prefix))
            c.Fault("jobId", "bad_form");
        c.Range(Epoch, "epoch", 0, long.MaxValue - 1);
        if (To is not null && !Words.IsId(To, TechnicianId.Prefix))
            c.Fault("to", "bad_form");
        c.TimeIfGiven(StartAt, "startAt");
        if (To is null && StartAt is not null)
            c.Fault("startAt", "unknown");
    });
}

/// <summary>Moves that are applied together or not at all.</summary>
public sealed record PlanChangeRequest([property: Required] IReadOnlyList<MoveInput?>? Moves, [property: Required] string? Reason) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Each(Moves, "moves", 1, IntentRules.MostMoves, (move, field) => move.Validate(check, field));
        if (Moves is { Count: > 1 } moves && moves.Select(m => m?.JobId).Distinct().Count() < moves.Count)
            check.Fault("moves", "duplicate");
        check.Text(Reason, "reason", JobLimits.Reason);
    }
}
