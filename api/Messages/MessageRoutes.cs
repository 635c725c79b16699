using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Messages;

/// <summary>Nothing has to be said to have a message sent again.</summary>
public sealed record ResendRequest : IOptionalRequest
{
    public void Validate(Check check)
    {
    }
}

internal static class MessageRoutes
{
    private const string Kind = "message";

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder messages = routes.MapGroup("/messages").WithTags("Messages");
        messages.MapGet("", List).RequireAccess(Act.ReadMessages).Refuses(400, 401, 403, 503)
            .WithListParameters("jobId", "status", "after", "limit").WithSummary("Messages to customers, newest first");
        messages.MapPost("/{id}/resend", Resend).RequireAccess(Act.ResendMessage).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503).WithSummary("Send a failed message again");
    }

    private static async Task<Results<Ok<MessageListView>, Refused>> List(MessageQuery query, Caller caller, ViewReader views, MessageDesk desk, CancellationToken cancellation)
    {
        ViewFilter filter = new(Statuses: query.Statuses, IdPrefix: query.Job is { } job ? MessageId.PrefixOf(job) : null);
        List<StoredView> rows = await views.List(caller.Tenant, Kind, filter, query.After, query.Limit + 1, cancellation);
        string? next = rows.Count > query.Limit ? PageCursor.Of(rows[query.Limit - 1]).ToString() : null;
        return TypedResults.Ok(new MessageListView(await desk.Show(caller.Tenant, [.. rows.Take(query.Limit).Select(r => r.ToMessage())], cancellation), next));
    }

    private static async Task<Results<Ok<MessageView>, Refused>> Resend(string id, Posted<ResendRequest> posted, IGrainFactory grains, MessageDesk desk, CancellationToken cancellation)
    {
        if (!Words.IsId(id, MessageId.Prefix))
            return Refused.Of(MessageRefusals.Unknown(new MessageId(id)));
        IMessageGrain message = grains.GetGrain<IMessageGrain>(GrainKeys.Of(posted.Caller.Tenant, id));
        MessageReply reply = await message.Execute(new ResendMessage(), posted.OperationOn(Kind));
        return reply.Refusal is { } refusal ? Refused.Of(refusal) : TypedResults.Ok((await desk.Show(posted.Caller.Tenant, [reply.Message!.State], cancellation))[0]);
    }
}
