using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain;

/// <summary>An opaque identifier that is a string on the wire, in storage and in URLs.</summary>
public interface IStringId<TSelf> where TSelf : struct, IStringId<TSelf>
{
    string Value { get; }
    static abstract TSelf From(string value);
}

/// <summary>The operating company. Every key carries it; nothing crosses tenants.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tenantId"), JsonConverter(typeof(StringIdConverter<TenantId>))]
public readonly record struct TenantId([property: Id(0)] string Value) : IStringId<TenantId>, IComparable<TenantId>
{
    public static TenantId From(string value) => new(value);
    public int CompareTo(TenantId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>One repair from request to closing, whatever its mode.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jobId"), JsonConverter(typeof(StringIdConverter<JobId>))]
public readonly record struct JobId([property: Id(0)] string Value) : IStringId<JobId>, IComparable<JobId>
{
    public const string Prefix = "job_";
    public static JobId From(string value) => new(value);

    /// <summary>
    /// The id of the job that a creation with this key makes. Derived, so that a retried creation is the same job
    /// even when the first answer was lost.
    /// </summary>
    public static JobId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "job", operation.Value));
    public int CompareTo(JobId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A person who repairs, full-time or spare-time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technicianId"), JsonConverter(typeof(StringIdConverter<TechnicianId>))]
public readonly record struct TechnicianId([property: Id(0)] string Value) : IStringId<TechnicianId>, IComparable<TechnicianId>
{
    public const string Prefix = "tech_";
    public static TechnicianId From(string value) => new(value);
    public static TechnicianId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "technician", operation.Value));

    /// <summary>
    /// The technician of an id in another system: two entries with one such id meet at one record, which takes the first.
    /// </summary>
    public static TechnicianId OfExternal(TenantId tenant, string externalId) =>
        new(Prefix + Derived.Id(tenant, "technician/external", externalId));
    public int CompareTo(TechnicianId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A planning zone: one territory, one planner. A technician is planned by one zone at a time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zoneId"), JsonConverter(typeof(StringIdConverter<ZoneId>))]
public readonly record struct ZoneId([property: Id(0)] string Value) : IStringId<ZoneId>, IComparable<ZoneId>
{
    public const string Prefix = "zone_";
    public static ZoneId From(string value) => new(value);
    public static ZoneId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "zone", operation.Value));
    public int CompareTo(ZoneId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A place that hands out tools and parts.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.depotId"), JsonConverter(typeof(StringIdConverter<DepotId>))]
public readonly record struct DepotId([property: Id(0)] string Value) : IStringId<DepotId>, IComparable<DepotId>
{
    public const string Prefix = "depot_";
    public static DepotId From(string value) => new(value);
    public int CompareTo(DepotId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A shop with benches that repairs mailed-in and walk-in devices.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointId"), JsonConverter(typeof(StringIdConverter<ServicePointId>))]
public readonly record struct ServicePointId([property: Id(0)] string Value) : IStringId<ServicePointId>, IComparable<ServicePointId>
{
    public const string Prefix = "point_";
    public static ServicePointId From(string value) => new(value);
    public static ServicePointId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "point", operation.Value));
    public int CompareTo(ServicePointId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>A change of plan that touches several technicians, applied whole or not at all.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intentId"), JsonConverter(typeof(StringIdConverter<IntentId>))]
public readonly record struct IntentId([property: Id(0)] string Value) : IStringId<IntentId>, IComparable<IntentId>
{
    public const string Prefix = "intent_";
    public static IntentId From(string value) => new(value);

    /// <summary>Derived like a job's, so that a retried change of plan is the same one.</summary>
    public static IntentId Derive(TenantId tenant, OperationId operation) => new(Prefix + Derived.Id(tenant, "intent", operation.Value));
    public int CompareTo(IntentId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>Names one attempt to change something; repeating it returns the first result.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.operationId"), JsonConverter(typeof(StringIdConverter<OperationId>))]
public readonly record struct OperationId([property: Id(0)] string Value) : IStringId<OperationId>, IComparable<OperationId>
{
    public static OperationId From(string value) => new(value);
    public int CompareTo(OperationId other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}

/// <summary>
/// The fencing token of an assignment: rises with every offer, withdrawal and re-assignment of a job and never falls.
/// Whoever holds a lower one acts on something that is no longer true.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.epoch"), JsonConverter(typeof(EpochConverter))]
public readonly record struct Epoch([property: Id(0)] long Value) : IComparable<Epoch>
{
    public static Epoch Zero => default;
    public Epoch Next => new(Value + 1);
    public int CompareTo(Epoch other) => Value.CompareTo(other.Value);
    public static bool operator <(Epoch left, Epoch right) => left.Value < right.Value;
    public static bool operator >(Epoch left, Epoch right) => left.Value > right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

internal static class Derived
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>26 characters of Crockford base 32 over the first 130 bits of SHA-256 of the parts.</summary>
    public static string Id(TenantId tenant, string kind, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}\n{kind}\n{key}"), hash);
        Span<char> text = stackalloc char[26];
        int bits = 0, buffer = 0, next = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (bits < 5)
            {
                buffer = (buffer << 8) | hash[next++];
                bits += 8;
            }
            bits -= 5;
            text[i] = Alphabet[(buffer >> bits) & 31];
            buffer &= (1 << bits) - 1;
        }
        return new string(text);
    }
}
