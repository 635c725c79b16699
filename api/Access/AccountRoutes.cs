using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Access;

/// <param name="Role"><c>dispatcher</c>, <c>point</c>, <c>agent</c>, <c>expert</c>, <c>carrier</c> or <c>seller</c>; technicians get theirs with their registration.</param>
/// <param name="PointId">Of role <c>point</c>, and only of it.</param>
public sealed record AddAccountRequest(
    [property: Required] string? User, [property: Required] string? Password, [property: Required] string? Role, [property: Required] string? Name, string? PointId) : IRequestBody
{
    private const int LongestName = 100;
    private static readonly string[] Given = [Roles.Word(Access.Role.Dispatcher), Roles.Word(Access.Role.Point), Roles.Word(Access.Role.Carrier), Roles.Word(Access.Role.Seller), Roles.Word(Access.Role.Agent), Roles.Word(Access.Role.Expert)];

    public void Validate(Check check)
    {
        check.Code(User, "user", Account.LongestUser);
        check.Text(Password, "password", Account.LongestPassword, Account.ShortestPassword);
        check.OneOf(Role, "role", Given);
        check.Line(Name, "name", LongestName);
        bool isPoint = Role == Roles.Word(Access.Role.Point);
        if (isPoint && PointId is null)
            check.Fault("pointId", "missing");
        if (PointId is not null && (!isPoint || !Words.IsId(PointId, ServicePointId.Prefix)))
            check.Fault("pointId", "bad_form");
    }
}

/// <summary>An account, without what only its owner knows.</summary>
/// <param name="SubjectId">What operations and audits name: of role <c>point</c> the service point.</param>
public sealed record AccountView(string User, string Role, string SubjectId, string Name);

internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/accounts", Add).WithTags("Accounts").RequireAccess(Act.AddAccount)
        .Refuses(400, 401, 403, 404, 409, 413, 415, 503).WithSummary("Add an account of staff, of a carrier or of a seller");

    /// <summary>The name is the key: the same request again finds the account and answers the same.</summary>
    private static async Task<Results<Created<AccountView>, Refused>> Add(Posted<AddAccountRequest> posted, Accounts accounts, Ownership ownership, CancellationToken cancellation)
    {
        (Caller caller, AddAccountRequest body) = (posted.Caller, posted.Value);
        if (body.PointId is { } point && (await ownership.Point(caller, point, Act.ReadPoint)).Refused is { } unknown)
            return unknown;
        Role role = Roles.Find(body.Role)!.Value;
        string user = Account.Normalise(body.User!);
        AccountView account = new(user, Roles.Word(role), body.PointId ?? $"user_{user}", body.Name!.Trim());
        return await accounts.AddFor(caller.Tenant, user, body.Password!, role, account.SubjectId, account.Name, cancellation) is { } taken
            ? taken
            : TypedResults.Created((string?)null, account);
    }
}
