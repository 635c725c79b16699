using System.Globalization;
using Dispatch.Api.Access;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Streams;

internal static class StreamRoutes
{
    private const int UsualLimit = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder streams = routes.MapGroup("/streams/{kind}/{id}").WithTags("Streams");
        streams.MapGet("/events", Events).RequireAccess(Act.FollowJob).Refuses(400, 401, 403, 404)
            .WithListParameters("after", "limit").WithSummary("Events after a number, in order");
        streams.MapGet("/snapshot", Snapshot).RequireAccess(Act.FollowJob).Refuses(401, 403, 404).WithSummary("State that holds at least every event up to a number");
    }

    private static async Task<Results<Ok<EventPage>, Refused>> Events(
        string kind, string id, HttpRequest request, Caller caller, Ownership ownership, EventHistory history, CancellationToken cancellation)
    {
        if (StreamName.Find(kind, id) is not { } name)
            return EdgeRefusals.StreamUnknown($"{kind}/{id}");
        if (!TryNumber(request, "after", 0, 0, long.MaxValue, out long after))
            return EdgeRefusals.Invalid("after", "out_of_range");
        if (!TryNumber(request, "limit", UsualLimit, 1, EventHistory.LargestPage, out long limit))
            return EdgeRefusals.Invalid("limit", "out_of_range");
        if ((await ownership.Stream(caller, name, cancellation)).Refused is { } refused)
            return refused;
        return TypedResults.Ok(await history.Read(caller, name, after, (int)limit, cancellation));
    }

    private static async Task<Results<Ok<SnapshotView>, Refused>> Snapshot(
        string kind, string id, Caller caller, Ownership ownership, SnapshotReader snapshots, CancellationToken cancellation)
    {
        if (StreamName.Find(kind, id) is not { } name)
            return EdgeRefusals.StreamUnknown($"{kind}/{id}");
        if ((await ownership.Stream(caller, name, cancellation)).Refused is { } refused)
            return refused;
        return TypedResults.Ok(await snapshots.Take(caller, name, cancellation));
    }

    private static bool TryNumber(HttpRequest request, string name, long usual, long least, long most, out long number)
    {
        number = usual;
        return !request.Query.TryGetValue(name, out var given)
            || (long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }
}
