using System.Collections.Immutable;

namespace Dispatch.Domain.Refusals;

/// <summary>What sort of no this is; the edge maps it to a status code.</summary>
[GenerateSerializer, Alias("dispatch.refusalKind")]
public enum RefusalKind
{
    /// <summary>The request itself is wrong (400).</summary>
    Invalid,
    /// <summary>There is no such thing (404).</summary>
    Unknown,
    /// <summary>Not for this caller (403).</summary>
    Forbidden,
    /// <summary>The present state does not allow it (409).</summary>
    Conflict,
    /// <summary>The caller's version is not the current one (412).</summary>
    Outdated,
    /// <summary>Understood, well formed and still not possible (422).</summary>
    Unprocessable,
}

/// <summary>One named figure or word behind a refusal, for people and programs alike.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.fact")]
public readonly record struct Fact([property: Id(0)] string Name, [property: Id(1)] string Value);

/// <summary>
/// A no, as data: a stable code (a row of docs/refusals.md) and the facts behind it. Words are made at the edge, in the reader's language.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.refusal")]
public sealed record Refusal(
    [property: Id(0)] string Code,
    [property: Id(1)] RefusalKind Kind,
    [property: Id(2)] ImmutableArray<Fact> Facts)
{
    public static Refusal Of(string code, RefusalKind kind, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        ImmutableArray<Fact>.Builder list = ImmutableArray.CreateBuilder<Fact>(facts.Length);
        foreach ((string name, object? value) in facts)
            list.Add(new Fact(name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? ""));
        return new Refusal(code, kind, list.DrainToImmutable());
    }
}
