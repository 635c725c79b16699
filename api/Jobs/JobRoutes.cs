using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Jobs;

/// <summary>A page of a list; <see cref="Next"/> is the <c>after</c> of the following one.</summary>
public sealed record JobListView(IReadOnlyList<JobView> Items, string? Next);

/// <summary>Looking at jobs. What changes them is in <see cref="JobCommandRoutes"/>.</summary>
internal static class JobRoutes
{
    private const int UsualLimit = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder jobs = routes.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapGet("", List).RequireAccess(Act.ListJobs).Refuses(400, 401, 403, 503)
            .WithListParameters("zone", "status", "technicianId", "pointId", "mode", "code", "q", "after", "limit", "token").WithSummary("Jobs, newest first; a technician sees their own");
        jobs.MapGet("/{id}", Get).RequireAccess(Act.ReadJob).Refuses(401, 403, 404).WithSummary("One job");
        jobs.MapGet("/{id}/history", History).RequireAccess(Act.ReadJobHistory).Refuses(401, 403, 404).WithSummary("Everything that happened to a job");
        jobs.MapGet("/{id}/explanation", Explain).RequireAccess(Act.ReadJobHistory).Refuses(401, 403, 404).WithSummary("Why this technician, why not others, or why nobody");
        jobs.MapGet("/{id}/contact", Contact).RequireAccess(Act.ReadContact).Refuses(401, 403, 404).WithSummary("Whom to reach; every look is audited");
        JobCommandRoutes.Map(jobs);
    }

    private static async Task<Results<Ok<JobListView>, Refused>> List(
        ListQuery query, Caller caller, ViewReader views, ReadBarrier barrier, Ownership ownership, CancellationToken cancellation)
    {
        if (query.TechnicianId is { } wanted && caller.Technician is { } self && wanted != self.Value)
            return EdgeRefusals.Forbidden();
        if (await barrier.Wait(caller.Tenant, query.Token, cancellation) is { } behind)
            return behind;
        if (query.Code is { } code)
            return await FindByCode(caller, code, views, ownership, cancellation);
        IReadOnlyList<string>? words = query.Mode is { } mode ? [.. query.Words ?? [], $"mode:{mode}".ToLowerInvariant()] : query.Words;
        ViewFilter filter = new(query.Zone, query.Statuses, query.TechnicianId, Words: words, Point: query.PointId);
        if (caller.Technician is { } technician)
        {
            // What is offered to several has no technician in the read model; the ledger knows what is offered to this one.
            VersionedTechnician? own = await ownership.TechnicianGrain(caller.Tenant, technician).Get();
            filter = filter with { Technician = technician.Value, OrIds = [.. own?.State.Commitments.Select(c => c.Job.Value) ?? []] };
        }
        int limit = query.LimitOr(UsualLimit);
        List<StoredView> rows = await views.List(caller.Tenant, ChangeToken.Job, filter, query.After, limit + 1, cancellation);
        string? next = rows.Count > limit ? PageCursor.Of(rows[limit - 1]).ToString() : null;
        return TypedResults.Ok(new JobListView([.. rows.Take(limit).Select(r => r.ToJobView())], next));
    }

    /// <summary>What a scanner reads names one job or none, whatever else was asked.</summary>
    private static async Task<Results<Ok<JobListView>, Refused>> FindByCode(Caller caller, string code, ViewReader views, Ownership ownership, CancellationToken cancellation)
    {
        StoredView? row = Waybill.Read(code) is { } waybill
            ? await views.FindByKey(caller.Tenant, ChangeToken.Job, waybill.Value, cancellation)
            : await views.Find(caller.Tenant, ChangeToken.Job, code.Trim(), cancellation);
        bool visible = row is not null && (caller.Technician is null || (await ownership.Job(caller, row.Id, Act.ReadJob)).Refused is null);
        return TypedResults.Ok(new JobListView(visible ? [row!.ToJobView()] : [], null));
    }

    private static async Task<Results<Ok<JobView>, Refused>> Get(string id, Caller caller, Ownership ownership)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(caller, id, Act.ReadJob);
        return refused is null ? TypedResults.Ok(JobView.Of(job!.State, job.Version)) : refused;
    }

    private static async Task<Results<Ok<HistoryView>, Refused>> History(string id, Caller caller, Ownership ownership, EventHistory history, CancellationToken cancellation)
    {
        (_, Refused? refused) = await ownership.Job(caller, id, Act.ReadJobHistory);
        return refused is null ? TypedResults.Ok(new HistoryView(await history.All(caller, new StreamName(StreamName.Job, id), cancellation))) : refused;
    }

    private static async Task<Results<Ok<ExplanationView>, Refused>> Explain(string id, Caller caller, Ownership ownership, Zones.PlanReader plans)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(caller, id, Act.ReadJobHistory);
        return refused is null ? TypedResults.Ok(ExplanationView.Of(job!.State, await plans.Explain(caller.Tenant, job.State.Zone, job.State.Id))) : refused;
    }

    private static async Task<Results<Ok<ContactView>, Refused>> Contact(
        string id, Caller caller, Ownership ownership, ContactStore contacts, AuditLog audit, CancellationToken cancellation)
    {
        (VersionedJob? job, Refused? refused) = await ownership.Job(caller, id, Act.ReadContact);
        // An offer is not yet a reason to know the customer, and an ended job no longer one.
        if (refused is null && caller.Technician is { } technician && (job!.State.Assigned != technician || job.State.IsEnded))
            refused = EdgeRefusals.Forbidden();
        if (refused is not null)
            return refused;
        if (await contacts.Find(caller.Tenant, job!.State.Id, cancellation) is not { } contact)
            return Refused.Of(Refusal.Of("job.contact_unknown", RefusalKind.Unknown, ("jobId", id)));
        await audit.Write(caller, AuditLog.ContactRead, id, RawJson.Of(contact).Utf8.Span);
        return TypedResults.Ok(contact);
    }
}
