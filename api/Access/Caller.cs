using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Api.Access;

/// <summary>Who sends a request, as far as anything here needs to know.</summary>
/// <param name="Subject">
/// What audits and keys of operations name: the subject id of an account, <c>customer:</c> and the job or contact of a token, or <c>public</c>.
/// </param>
/// <param name="Name">For people to read; empty without an account.</param>
public sealed record Caller(TenantId Tenant, Role Role, string Subject, string Name) : IBindableFromHttpContext<Caller>
{
    private const string TenantClaim = "tenant", RoleClaim = "role", SubjectClaim = "sub", NameClaim = "name", LinkClaim = "link";
    private const string CustomerPrefix = "customer:";

    public static Caller Public(TenantId tenant) => new(tenant, Role.Anonymous, "public", "");
    public static Caller Customer(TenantId tenant, JobId job) => new(tenant, Role.Customer, CustomerPrefix + job.Value, "");

    public static Caller Customer(TenantId tenant, TrackedLink link) => Customer(tenant, link.Job) with { Link = link.Number };

    public static Caller Customer(TenantId tenant, ContactId contact) => new(tenant, Role.Customer, CustomerPrefix + contact.Value, "");

    /// <summary>
    /// Number of the link whose token was sent. The subject is the same for every link of a job: audits name the customer, not the link.
    /// </summary>
    public int Link { get; private init; }

    /// <summary>The technician who calls, if it is one.</summary>
    public TechnicianId? Technician => Role == Role.Technician ? new TechnicianId(Subject) : null;

    /// <summary>The service point whose staff calls, if it is one.</summary>
    public ServicePointId? Point => Role == Role.Point && Input.Words.IsId(Subject, ServicePointId.Prefix) ? new ServicePointId(Subject) : null;

    /// <summary>The job whose tracking token was sent, if one was.</summary>
    public JobId? TrackedJob => Tracked(JobId.Prefix) is { } job ? new JobId(job) : null;

    /// <summary>The contact whose token was sent, if one was.</summary>
    public ContactId? TrackedContact => Tracked(ContactId.Prefix) is { } contact ? new ContactId(contact) : null;

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
        return new(new TenantId(user.FindFirstValue(TenantClaim)!), role, user.FindFirstValue(SubjectClaim)!, user.FindFirstValue(NameClaim) ?? "")
        {
            Link = int.TryParse(user.FindFirstValue(LinkClaim), NumberStyles.None, CultureInfo.InvariantCulture, out int link) ? link : 0,
        };
    }

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new(TenantClaim, Tenant.Value),
            new(RoleClaim, Roles.Word(Role)),
            new(SubjectClaim, Subject),
            new(NameClaim, Name),
            new(LinkClaim, Link.ToString(CultureInfo.InvariantCulture)),
        ],
        scheme, NameClaim, RoleClaim));

    private string? Tracked(string prefix) => Role == Role.Customer && Subject.AsSpan(CustomerPrefix.Length).StartsWith(prefix, StringComparison.Ordinal) ? Subject[CustomerPrefix.Length..] : null;

    static ValueTask<Caller?> IBindableFromHttpContext<Caller>.BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context));
}
