using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Dispatch.Domain.Serialization;

namespace Dispatch.Domain.Jobs;

/// <summary>Which way a parcel goes.</summary>
[GenerateSerializer, Alias("dispatch.parcelDirection")]
public enum ParcelDirection
{
    /// <summary>From the customer to the service point.</summary>
    Inbound,
    /// <summary>Back to the customer.</summary>
    Return,
}

/// <summary>
/// The number on a parcel's label: <c>DP</c>, twelve characters of Crockford's base 32 and a check character over those, so that a digit typed wrongly or two
/// exchanged neighbours are noticed before anybody looks for the parcel.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.waybill"), JsonConverter(typeof(StringIdConverter<Waybill>))]
public readonly record struct Waybill([property: Id(0)] string Value) : IStringId<Waybill>, IComparable<Waybill>
{
    public const string Prefix = "DP";
    public const int Length = 15;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Body = 12;

    public static Waybill From(string value) => new(value);

    /// <summary>The waybill of one booking of a job: derived, so that a repeated booking has the same.</summary>
    public static Waybill Derive(TenantId tenant, JobId job, Epoch booking, ParcelDirection direction)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}\nwaybill\n{job.Value}\n{booking.Value}\n{direction}"), hash);
        Span<char> text = stackalloc char[Length];
        Prefix.CopyTo(text);
        for (int i = 0; i < Body; i++)
            text[Prefix.Length + i] = Alphabet[hash[i] & 31];
        text[^1] = CheckOf(text[Prefix.Length..^1]);
        return new Waybill(new string(text));
    }

    /// <summary>The waybill a scanner or a person has read, or null if it cannot be one. Case and blanks do not matter.</summary>
    public static Waybill? Read(string? text)
    {
        if (text is null || text.Length > 64)
            return null;
        string clean = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        if (clean.Length != Length || !clean.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        ReadOnlySpan<char> body = clean.AsSpan(Prefix.Length, Body);
        return body.ContainsAnyExcept(Alphabet) || CheckOf(body) != clean[^1] ? null : new Waybill(clean);
    }

    /// <summary>
    /// Weighted sum modulo 31 with weights 2…13: 31 is prime and no weight or difference of neighbours is a multiple of it, so every single wrong character but one
    /// pair of values (0 and Z, which are equal modulo 31) and every exchange of neighbours changes it.
    /// </summary>
    private static char CheckOf(ReadOnlySpan<char> body)
    {
        int sum = 0;
        for (int i = 0; i < body.Length; i++)
            sum += (i + 2) * Alphabet.IndexOf(body[i], StringComparison.Ordinal);
        return Alphabet[sum % 31];
    }

    public int CompareTo(Waybill other) => string.CompareOrdinal(Value, other.Value);
    public override string ToString() => Value;
}
