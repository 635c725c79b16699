using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Technicians;

public sealed record TechnicianListView(IReadOnlyList<TechnicianView> Items, string? Next);

/// <summary>A technician right after a command.</summary>
/// <param name="Token">Given to a list, the list shows at least this change.</param>
public sealed record TechnicianReplyView(string Id, long Version, string Token);

internal static class TechnicianRoutes
{
    private const int UsualLimit = 500;
    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder technicians = routes.MapGroup("/technicians").WithTags("Technicians");
        technicians.MapPost("", Register).RequireAccess(Act.RegisterTechnician).Refuses(Refusals).WithSummary("Add a technician, with an account if asked for");
        technicians.MapGet("", List).RequireAccess(Act.ListTechnicians).Refuses(400, 401, 403, 503)
            .WithListParameters("zone", "after", "limit", "token").WithSummary("Technicians; a technician sees themselves");
        technicians.MapGet("/{id}", Get).RequireAccess(Act.ReadTechnician).Refuses(401, 403, 404).WithSummary("One technician");
        technicians.MapPost("/{id}/duty", SetDuty).RequireAccess(Act.SetDuty).Refuses(Refusals).WithSummary("Begin or end duty");
        technicians.MapPost("/{id}/positions", Report).RequireAccess(Act.ReportPosition).Refuses(Refusals).WithSummary("Where the technician is; only the newest counts");
        technicians.MapPost("/{id}/depot-call/{number}/depart", DepartToDepot).RequireAccess(Act.ReportDepotCall).Refuses(Refusals).WithSummary("Set off to the depot");
        technicians.MapPost("/{id}/depot-call/{number}/complete", CompleteDepotCall).RequireAccess(Act.ReportDepotCall).Refuses(Refusals).WithSummary("Tools and parts are on board");
    }

    private static async Task<Results<Created<TechnicianView>, Refused>> Register(Posted<RegisterTechnicianRequest> posted, TechnicianEntry entry, CancellationToken cancellation)
    {
        (TechnicianView? technician, Refused? refused) = await entry.Register(posted, cancellation);
        return refused is null ? TypedResults.Created($"/v1/technicians/{technician!.Id}", technician) : refused;
    }

    private static async Task<Results<Ok<TechnicianListView>, Refused>> List(ListQuery query, Caller caller, ViewReader views, ReadBarrier barrier, CancellationToken cancellation)
    {
        if (await barrier.Wait(caller.Tenant, query.Token, cancellation) is { } behind)
            return behind;
        int limit = query.LimitOr(UsualLimit);
        List<StoredView> rows = caller.Technician is { } self
            ? await views.FindMany(caller.Tenant, ChangeToken.Technician, [self.Value], cancellation)
            : await views.List(caller.Tenant, ChangeToken.Technician, new ViewFilter(query.Zone), query.After, limit + 1, cancellation);
        string? next = rows.Count > limit ? PageCursor.Of(rows[limit - 1]).ToString() : null;
        return TypedResults.Ok(new TechnicianListView([.. rows.Take(limit).Select(r => r.ToTechnicianView())], next));
    }

    private static async Task<Results<Ok<TechnicianView>, Refused>> Get(string id, Caller caller, Ownership ownership)
    {
        (VersionedTechnician? technician, Refused? refused) = await ownership.Technician(caller, id, Act.ReadTechnician);
        return refused is null ? TypedResults.Ok(TechnicianView.Of(technician!.State, technician.Version)) : refused;
    }

    private static Task<Results<Ok<TechnicianReplyView>, Refused>> SetDuty(string id, Posted<DutyRequest> posted, Ownership ownership) =>
        Execute(id, posted, ownership, Act.SetDuty, new SetDuty(posted.Value.OnDuty!.Value));

    private static async Task<Results<Accepted, Refused>> Report(string id, Posted<PositionsRequest> posted, Ownership ownership)
    {
        if (Ownership.TechnicianRight(posted.Caller, id, Act.ReportPosition) is { } refused)
            return refused;
        TechnicianId technician = new(id);
        ImmutableArray<Position> positions = [.. posted.Value.Positions!.Select(p => p!.ToPosition(technician))];
        return await ownership.TechnicianGrain(posted.Caller.Tenant, technician).Report(positions) is { } refusal ? Refused.Of(refusal) : TypedResults.Accepted((string?)null);
    }

    private static Task<Results<Ok<TechnicianReplyView>, Refused>> DepartToDepot(string id, string number, Posted<DepotStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        DepotStep(id, number, posted, ownership, call => new DepartToDepot(call, At(posted, clock)));

    private static Task<Results<Ok<TechnicianReplyView>, Refused>> CompleteDepotCall(string id, string number, Posted<DepotStepRequest> posted, Ownership ownership, BusinessClock clock) =>
        DepotStep(id, number, posted, ownership, call => new CompleteDepotCall(call, At(posted, clock)));

    private static async Task<Results<Ok<TechnicianReplyView>, Refused>> DepotStep(
        string id, string number, Posted<DepotStepRequest> posted, Ownership ownership, Func<int, TechnicianCommand> command) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int call)
            ? await Execute(id, posted, ownership, Act.ReportDepotCall, command(call))
            : EdgeRefusals.Invalid("number", "bad_form");

    private static async Task<Results<Ok<TechnicianReplyView>, Refused>> Execute<T>(
        string id, Posted<T> posted, Ownership ownership, Act act, TechnicianCommand command) where T : class, IRequestBody
    {
        if (Ownership.TechnicianRight(posted.Caller, id, act) is { } refused)
            return refused;
        TechnicianReply reply = await ownership.TechnicianGrain(posted.Caller.Tenant, new TechnicianId(id)).Execute(command, posted.OperationOn("technician"));
        TechnicianReplyView view = new(id, reply.Version, new ChangeToken(ChangeToken.Technician, id, reply.Version).ToString());
        if (reply.Refusal is not { } refusal)
            return TypedResults.Ok(view);
        return Refused.Of(refusal, refusal.Kind == RefusalKind.Conflict ? JsonSerializer.SerializeToNode(new { view.Id, view.Version }, ApiJson.Options) : null);
    }

    private static DateTimeOffset At(Posted<DepotStepRequest> posted, BusinessClock clock) => (posted.Value.OccurredAt ?? clock.GetUtcNow()).ToUniversalTime();
}
