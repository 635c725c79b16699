using Dispatch.Domain;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts;

/// <summary>
/// One attempt from outside to change something. The grain keeps it with its result in the same write as its effect; a repetition
/// with the same digest returns the first result, one with another digest is refused as <c>operation.key_reused</c>.
/// </summary>
/// <param name="Digest">A digest of what was asked, so that a reused key is noticed.</param>
/// <param name="By">Who asked, for the audit: a subject id, never a name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.operation")]
public sealed record Operation([property: Id(0)] OperationId Id, [property: Id(1)] string Digest, [property: Id(2)] string By)
{
    public static Refusal KeyReused(OperationId id) => Refusal.Of("operation.key_reused", RefusalKind.Unprocessable, ("key", id));
}

/// <summary>Keys of grains: tenant and id, with a separator, so that no key reads as a number.</summary>
public static class GrainKeys
{
    public static string Of(TenantId tenant, string id) => $"{tenant.Value}/{id}";
    public static TenantId Tenant(string key) => new(key[..key.IndexOf('/')]);
    public static string Id(string key) => key[(key.IndexOf('/') + 1)..];
}

/// <summary>Names of streams within a tenant.</summary>
public static class Streams
{
    public static string Zone(ZoneId id) => $"zone/{id.Value}";
    public static string Job(JobId id) => $"job/{id.Value}";
    public static string Technician(TechnicianId id) => $"technician/{id.Value}";
    public static string Point(ServicePointId id) => $"point/{id.Value}";
    public static string Programme(Dispatch.Domain.Offers.ProgrammeId id) => $"programme/{id.Value}";
    public static string Device(Dispatch.Domain.Devices.DeviceId id) => $"device/{id.Value}";
    public static string Contact(Dispatch.Domain.ServiceDesk.ContactId id) => $"contact/{id.Value}";
    public static string Case(Dispatch.Domain.ServiceDesk.CaseId id) => $"case/{id.Value}";

    /// <summary>Everything of the service desk: contacts, escalations, call-backs and cases.</summary>
    public const string Desk = "desk/all";
}
