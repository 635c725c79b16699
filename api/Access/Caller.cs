using System.Reflection;
using System.Security.Claims;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Api.Access;

/// <summary>Who sends a request, as far as anything here needs to know.</summary>
/// <param name="Subject">
/// What audits and keys of operations name: the subject id of an account, <c>customer:</c> and the job of a tracking token, or <c>public</c>.
/// </param>
/// <param name="Name">For people to read; empty without an account.</param>
public sealed record Caller(TenantId Tenant, Role Role, string Subject, string Name) : IBindableFromHttpContext<Caller>
{
    private const string TenantClaim = "tenant", RoleClaim = "role", SubjectClaim = "sub", NameClaim = "name";
    private const string CustomerPrefix = "customer:";

    public static Caller Public(TenantId tenant) => new(tenant, Role.Anonymous, "public", "");
    public static Caller Customer(TenantId tenant, JobId job) => new(tenant, Role.Customer, CustomerPrefix + job.Value, "");

    /// <summary>The technician who calls, if it is one.</summary>
    public TechnicianId? Technician => Role == Role.Technician ? new TechnicianId(Subject) : null;

    /// <summary>The service point whose staff calls, if it is one.</summary>
    public ServicePointId? Point => Role == Role.Point && Input.Words.IsId(Subject, ServicePointId.Prefix) ? new ServicePointId(Subject) : null;

    /// <summary>The job whose tracking token was sent, if one was.</summary>
    public JobId? TrackedJob => Role == Role.Customer ? new JobId(Subject[CustomerPrefix.Length..]) : null;

    /// <summary>Null if the caller may; see <see cref="AccessPolicy"/>.</summary>
    public Refused? May(Act act, bool own = false) => AccessPolicy.Decide(Role, act, own);

    public bool Is(TechnicianId technician) => Technician == technician;

    public static Caller Of(HttpContext context) =>
        Of(context.User) ?? Public(context.RequestServices.GetRequiredService<ApiOptions>().Tenant);

    /// <summary>The caller in a verified principal; null if nobody signed in.</summary>
    public static Caller? Of(ClaimsPrincipal? user)
    {
        if (user?.Identity is not { IsAuthenticated: true } || Roles.Find(user.FindFirstValue(RoleClaim)) is not { } role)
            return null;
        return new(new TenantId(user.FindFirstValue(TenantClaim)!), role, user.FindFirstValue(SubjectClaim)!, user.FindFirstValue(NameClaim) ?? "");
    }

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new(TenantClaim, Tenant.Value), new(RoleClaim, Roles.Word(Role)), new(SubjectClaim, Subject), new(NameClaim, Name)], scheme, NameClaim, RoleClaim));

    static ValueTask<Caller?> IBindableFromHttpContext<Caller>.BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context));
}
