using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Metrics;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Dispatch.Api.Session;

public sealed record SignInRequest([property: Required] string? User, [property: Required] string? Password) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Line(User, "user", Account.LongestUser);
        check.Text(Password, "password", Account.LongestPassword);
    }
}

/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Role"><c>manager</c>, <c>dispatcher</c>, <c>technician</c> or <c>point</c>.</param>
/// <param name="SubjectId">Of a technician the technician id.</param>
public sealed record SignInView(string AccessToken, string TokenType, long ExpiresIn, string Role, string SubjectId, string Name, string Tenant);

internal static class SessionRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-in", SignIn).WithTags("Session").RequireAccess(Act.SignIn).WithSummary("User and password for an access token").Refuses(400, 401, 413, 415, 429);

    private static async Task<Results<Ok<SignInView>, Refused>> SignIn(
        Posted<SignInRequest> posted, HttpContext context, Accounts accounts, SignInThrottle throttle, IOptionsMonitor<BearerTokenOptions> bearer)
    {
        (string user, string password) = (posted.Value.User!, posted.Value.Password!);
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (throttle.Refuse(user, address) is { } wait)
        {
            ApiMeters.SignIn("limited");
            return EdgeRefusals.TooManyAttempts(wait);
        }
        if (await accounts.Check(user, password, context.RequestAborted) is not { } account)
        {
            throttle.CountWrong(address);
            ApiMeters.SignIn("wrong");
            return EdgeRefusals.WrongCredentials();
        }
        ApiMeters.SignIn("accepted");
        BearerTokenOptions options = bearer.Get(BearerTokenDefaults.AuthenticationScheme);
        Caller caller = new(new TenantId(account.Tenant), account.Role, account.SubjectId, account.Name);
        AuthenticationProperties lasting = new() { ExpiresUtc = options.TimeProvider!.GetUtcNow() + options.BearerTokenExpiration };
        string token = options.BearerTokenProtector.Protect(new AuthenticationTicket(
            caller.ToPrincipal(BearerTokenDefaults.AuthenticationScheme), lasting, $"{BearerTokenDefaults.AuthenticationScheme}:AccessToken"));
        return TypedResults.Ok(new SignInView(
            token, "Bearer", (long)options.BearerTokenExpiration.TotalSeconds, Roles.Word(account.Role), account.SubjectId, account.Name, account.Tenant));
    }
}
