using Dispatch.Api.Access;
using Dispatch.Api.Devices;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Grains.Contracts.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Entitlement;

internal static class EntitlementRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/entitlement", Decide).WithTags("Entitlement").RequireAccess(Act.AskWhatIsOwed).Refuses(400, 401, 403, 404, 413, 415, 422)
            .WithSummary("What a customer may choose on a day, by which clause, and what is missing");

    private static async Task<Results<Ok<EntitlementDecision>, Refused>> Decide(Posted<EntitlementRequest> posted, EntitlementDesk desk, DeviceDesk devices)
    {
        DeviceState? device = null;
        if (posted.Value.DeviceId is { } id)
        {
            (VersionedDevice? found, Refused? refused) = await devices.Find(posted.Caller, id);
            if (refused is not null)
                return refused;
            device = found!.State;
        }
        (EntitlementDecision? decision, Refused? no) = desk.Decide(posted.Value, device);
        return no is null ? TypedResults.Ok(decision) : no;
    }
}
