using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Api.Access;

/// <summary>What an endpoint does, for the gate and for the machine-readable contract.</summary>
internal sealed record AccessMetadata(Act Act);

/// <summary>
/// Turns away whoever could not be allowed whatever the thing is, before the body is read. Whose the thing is, the handler asks the policy.
/// </summary>
internal static class AccessGate
{
    public static TBuilder RequireAccess<TBuilder>(this TBuilder builder, Act act) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessMetadata(act));

    /// <summary>Has the gate answer this: the token is genuine, but no longer good.</summary>
    public static void TurnAway(HttpContext context, Refused refused) => context.Items[typeof(Refused)] = refused;

    public static void UseAccessGate(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AccessMetadata>() is not { Act: var act })
            return next(context);
        if (context.Items[typeof(Refused)] is Refused over)
            return over.ExecuteAsync(context);
        Caller caller = Caller.Of(context);
        // A token that is not accepted is not the same as none: acting as the public for somebody who believes to be signed in would surprise.
        if (caller.Role == Role.Anonymous && act != Act.SignIn && context.Request.Headers.Authorization.Count > 0)
            return EdgeRefusals.AuthInvalid().ExecuteAsync(context);
        return AccessPolicy.Decide(caller.Role, act, own: true) is { } refused ? refused.ExecuteAsync(context) : next(context);
    });
}
