using Dispatch.Api.Input;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;

namespace Dispatch.Api.Streams;

/// <summary>The name of a stream within a tenant: <c>zone/…</c>, <c>job/…</c>, <c>technician/…</c>, <c>point/…</c>, <c>contact/…</c>, <c>case/…</c>, or <c>desk/all</c>.</summary>
public readonly record struct StreamName(string Kind, string Id)
{
    public const string Zone = "zone", Job = "job", Technician = "technician", Point = "point", Contact = "contact", Case = "case", Desk = "desk";

    public override string ToString() => $"{Kind}/{Id}";

    /// <summary>The name of these parts, or null if nothing can be called so.</summary>
    public static StreamName? Find(string? kind, string? id) => kind switch
    {
        Zone when Words.IsId(id, ZoneId.Prefix) => new StreamName(Zone, id!),
        Job when Words.IsId(id, JobId.Prefix) => new StreamName(Job, id!),
        Point when Words.IsId(id, ServicePointId.Prefix) => new StreamName(Point, id!),
        Technician when Words.IsId(id, TechnicianId.Prefix) => new StreamName(Technician, id!),
        Contact when Words.IsId(id, ContactId.Prefix) => new StreamName(Contact, id!),
        Case when Words.IsId(id, CaseId.Prefix) => new StreamName(Case, id!),
        Desk when id == "all" => new StreamName(Desk, id),
        _ => null,
    };

    public static StreamName? Find(string? name)
    {
        int slash = name?.IndexOf('/') ?? -1;
        return slash > 0 ? Find(name![..slash], name[(slash + 1)..]) : null;
    }
}
