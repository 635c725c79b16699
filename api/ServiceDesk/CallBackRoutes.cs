using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.ServiceDesk;

using Answer = Task<Results<Ok<DeskReplyView>, Refused>>;

/// <summary>Calls after a job. Nobody plans one: a job that has ended does.</summary>
internal static class CallBackRoutes
{
    private const string Kind = ChangeToken.CallBack;

    private static readonly int[] Refusals = [400, 401, 403, 404, 409, 413, 415, 422, 503];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder calls = routes.MapGroup("/callbacks").WithTags("Call-backs");
        calls.MapGet("", List).RequireAccess(Act.WorkDesk).Refuses(400, 401, 403, 503).WithListParameters(DeskQuery.Names).WithSummary("Call-backs, newest job first");
        calls.MapGet("/{id}", Get).RequireAccess(Act.WorkDesk).Refuses(401, 403, 404).WithSummary("One call-back");
        calls.MapPost("/{id}/take", Take).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Begin to call; of several at once exactly one gets it");
        calls.MapPost("/{id}/return", Return).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Leave it to others");
        calls.MapPost("/{id}/not-reached", NotReached).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("Nobody answered; it is tried again, up to the limit");
        calls.MapPost("/{id}/rate", Rate).RequireAccess(Act.WorkDesk).Refuses(Refusals).WithSummary("What the customer said; a low score or a complaint opens a case");
    }

    private static async Task<Results<Ok<CallBackList>, Refused>> List(DeskQuery query, Caller caller, DeskLists lists, CancellationToken cancellation)
    {
        (IReadOnlyList<CallBackListItem>? items, string? next, Refused? refused) = await lists.Read(caller.Tenant, Kind, query, row => row.ToCallBackItem(), cancellation);
        return refused is null ? TypedResults.Ok(new CallBackList(items!, next)) : refused;
    }

    private static async Task<Results<Ok<CallBackDetail>, Refused>> Get(string id, Caller caller, DeskThings things, DeskTexts texts, CaseIntake cases, CancellationToken cancellation)
    {
        (VersionedDesk<CallBackState>? found, Refused? refused) = await things.FindCallBack(caller, id);
        if (refused is not null)
            return refused;
        CallBackState call = found!.State;
        string? remark = call.Remark is { } said ? (await texts.Of(caller.Tenant, id, cancellation)).GetValueOrDefault(said.Id) : null;
        CaseId? complaint = call.Complaint ? (await cases.Of(caller.Tenant, call.Job, cancellation)).FirstOrDefault(c => c.State.CallBack == call.Id)?.State.Id : null;
        return TypedResults.Ok(new CallBackDetail(CallBackListItem.Of(call, found.Version), remark, complaint?.Value));
    }

    private static Answer Take(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "take", posted, things, desk, by => new TakeCallBack(by), cancellation);

    private static Answer Return(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "return", posted, things, desk, by => new ReturnCallBack(by), cancellation);

    private static Answer NotReached(string id, Posted<DeskStepRequest> posted, DeskThings things, DeskCommands desk, CancellationToken cancellation) =>
        Execute(id, "notReached", posted, things, desk, by => new RecordNotReached(by), cancellation);

    private static async Answer Rate(string id, Posted<RateRequest> posted, DeskThings things, RatingDesk ratings, CancellationToken cancellation)
    {
        (VersionedDesk<CallBackState>? found, Refused? unknown) = await things.FindCallBack(posted.Caller, id);
        return unknown ?? await ratings.Rate(posted.Caller, found!.State.Id, posted.Value, byLink: false, posted.OperationOn(Kind), cancellation);
    }

    private static async Answer Execute<T>(string id, string step, Posted<T> posted, DeskThings things, DeskCommands desk, Func<string, CallBackCommand> command, CancellationToken cancellation) where T : class, IRequestBody
    {
        if ((await things.FindCallBack(posted.Caller, id)).Refused is { } unknown)
            return unknown;
        Operation operation = posted.OperationOn(Kind);
        (DeskReplyView? reply, Refused? refused) = await desk.Run(posted.Caller, Kind, id, step, null, operation,
            _ => things.CallBack(posted.Caller.Tenant, new CallBackId(id)).Execute(command(posted.Caller.Subject), operation), cancellation);
        return refused is null ? TypedResults.Ok(reply) : refused;
    }
}
