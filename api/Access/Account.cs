namespace Dispatch.Api.Access;

/// <summary>Somebody who can sign in.</summary>
/// <param name="User">Lower case, unique over all tenants.</param>
/// <param name="SubjectId">What operations and audits name; of a technician the technician id.</param>
internal sealed record Account(string User, string Tenant, Role Role, string SubjectId, string Name, string PasswordHash)
{
    public const int LongestUser = 64, ShortestPassword = 8, LongestPassword = 200;

    /// <summary>User names are compared without regard to case and outer blanks.</summary>
    public static string Normalise(string user) => user.Trim().ToLowerInvariant();
}
