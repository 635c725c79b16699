using System.Text;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Grains.Contracts.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Tracking;

using Answer = Task<Results<Ok<JobReplyView>, Refused>>;

/// <param name="Reason">Why, in the words of the member of staff; kept in the job's history.</param>
public sealed record ChangeLinkRequest(string? Reason) : IOptionalRequest
{
    public void Validate(Check check) => check.TextIfGiven(Reason, "reason", JobLimits.Reason, 0);

    internal string? ToReason() => string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim();
}

/// <summary>What staff do to the customer's link of one job. Every change is audited, and a new link reaches the customer as a message.</summary>
internal static class LinkRoutes
{
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder link = routes.MapGroup("/jobs/{id}/tracking-link").WithTags("Tracking");
        link.MapPost("/renew", Renew).RequireAccess(Act.ChangeLink).Refuses(Refusals).WithSummary("A new link for the customer; earlier ones lead nowhere any more");
        link.MapPost("/withdraw", Withdraw).RequireAccess(Act.ChangeLink).Refuses(Refusals).WithSummary("The customer's link leads nowhere any more");
    }

    private static async Answer Renew(string id, Posted<ChangeLinkRequest> posted, Ownership ownership, AuditLog audit, JobIntake intake)
    {
        (JobAnswer? job, Refused? refused) = await Change(id, posted, ownership, audit, new RenewLink(posted.Value.ToReason()), AuditLog.LinkRenewed);
        return refused is null ? TypedResults.Ok(intake.Tracked(job!, posted.Caller, job!.Link)) : refused;
    }

    private static async Answer Withdraw(string id, Posted<ChangeLinkRequest> posted, Ownership ownership, AuditLog audit)
    {
        (JobAnswer? job, Refused? refused) = await Change(id, posted, ownership, audit, new WithdrawLink(posted.Value.ToReason()), AuditLog.LinkWithdrawn);
        return refused is null ? TypedResults.Ok(JobReplyView.Of(job!, posted.Caller)) : refused;
    }

    private static async Task<(JobAnswer? Job, Refused? Refused)> Change(
        string id, Posted<ChangeLinkRequest> posted, Ownership ownership, AuditLog audit, JobCommand command, string action)
    {
        (_, Refused? refused) = await ownership.Job(posted.Caller, id, Act.ChangeLink);
        if (refused is not null)
            return (null, refused);
        JobReply reply = await ownership.JobGrain(posted.Caller.Tenant, new JobId(id)).Execute(command, posted.OperationOn("job"));
        if (reply.Refusal is not null)
            return (null, reply.ToRefused(posted.Caller));
        await audit.Write(posted.Caller, action, id, Encoding.UTF8.GetBytes(posted.Value.ToReason() ?? ""));
        return (reply.Job, null);
    }
}
