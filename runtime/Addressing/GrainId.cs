namespace Dispatch.Runtime;

/// <summary>A part of a grain id: a non-empty text, compared by ordinal.</summary>
public readonly record struct IdSpan
{
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    public bool IsDefault => _value is null;

    /// <exception cref="ArgumentException">The text is null or empty.</exception>
    public static IdSpan Create(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new IdSpan(id);
    }

    /// <summary>The same number in every process: xxHash32 of the UTF-8 bytes.</summary>
    public uint GetUniformHashCode() => _value is null ? 0 : StableHash.Compute(_value);

    public override string ToString() => _value ?? "";
}

/// <summary>The kind of a grain: by default its class name in lower case without the suffix "Grain".</summary>
public readonly record struct GrainType(IdSpan Value)
{
    public bool IsDefault => Value.IsDefault;

    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public uint GetUniformHashCode() => Value.GetUniformHashCode();

    public override string ToString() => Value.ToString();
}

/// <summary>The identity of a grain: its type and its key. The text form is <c>type/key</c>.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key) : IComparable<GrainId>
{
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static GrainId Create(string type, string key) => new(GrainType.Create(type), IdSpan.Create(key));

    public static GrainId Create(GrainType type, string key) => new(type, IdSpan.Create(key));

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads <c>type/key</c>; the key may hold further slashes.</summary>
    /// <exception cref="ArgumentException">There is no slash, or a part is empty.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var id) ? id : throw new ArgumentException($"Not a grain id of the form type/key: '{value}'.", nameof(value));

    public static bool TryParse(string? value, out GrainId result)
    {
        result = default;
        var slash = value?.IndexOf('/') ?? -1;
        if (slash <= 0 || slash == value!.Length - 1)
            return false;
        result = Create(value[..slash], value[(slash + 1)..]);
        return true;
    }

    /// <summary>Place on the ring of 2³² points that reminder tables are ranged by; equal on every host and engine.</summary>
    public uint GetUniformHashCode() => unchecked(Type.GetUniformHashCode() * 31 + Key.GetUniformHashCode());

    public int CompareTo(GrainId other)
    {
        var byType = string.CompareOrdinal(Type.ToString(), other.Type.ToString());
        return byType != 0 ? byType : string.CompareOrdinal(Key.ToString(), other.Key.ToString());
    }

    public override string ToString() => $"{Type}/{Key}";
}
