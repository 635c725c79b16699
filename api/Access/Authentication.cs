using System.Text.Encodings.Web;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatch.Api.Access;

/// <summary>Both kinds of bearer value: sign-ins and tracking tokens. Which one it is shows in its form.</summary>
internal static class Authentication
{
    private const string Either = "Dispatch", Tracking = "Tracking";

    /// <summary>The only path where a token may come in the query string, because a browser's WebSocket cannot send headers.</summary>
    public const string HubPath = "/hub";

    public static void Add(IServiceCollection services, ApiOptions options)
    {
        DirectoryInfo keys = Directory.CreateDirectory(Path.Combine(options.DataFolder, "keys"));
        if (!OperatingSystem.IsWindows())
            keys.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        services.AddDataProtection().SetApplicationName("Dispatch").PersistKeysToFileSystem(keys);
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector =
                static context => TrackingTokens.LooksLike(TokenOf(context.Request)) ? Tracking : BearerTokenDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, TrackingHandler>(Tracking, null)
            .AddBearerToken(bearer =>
            {
                bearer.BearerTokenExpiration = options.SignInLasts;
                // Sign-ins last in real time, however fast the server's own clock runs.
                bearer.TimeProvider = TimeProvider.System;
                bearer.Events.OnMessageReceived = static message =>
                {
                    message.Token = TokenOf(message.Request);
                    return Task.CompletedTask;
                };
            });
    }

    private static string? TokenOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header["Bearer ".Length..].Trim();
        return request.Path.StartsWithSegments(HubPath, StringComparison.Ordinal) ? request.Query["access_token"].ToString() : null;
    }

    private sealed class TrackingHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TrackingLinks links)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            (Caller? customer, Refused? refused) = await links.OpenBearer(TokenOf(Request));
            if (refused is not null)
                AccessGate.TurnAway(Context, refused);
            return customer is null
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(customer.ToPrincipal(Tracking), Tracking));
        }
    }
}
