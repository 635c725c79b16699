using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dispatch.Api.Input;

/// <summary>
/// The member names of a request body, held against its contract at every depth. The serializer names only the first name that is wrong and
/// stops there; a client should learn all of them at once, together with what else is wrong.
/// </summary>
internal sealed class BodyNames
{
    /// <summary>More wrong names, or longer ones, help nobody and would make the answer as large as the request.</summary>
    private const int MaxUnknown = 20, MaxNameLength = 64;

    private static readonly ConcurrentDictionary<Type, FrozenDictionary<string, Type>> Members = new();

    private readonly List<string> _unknown = [];

    private BodyNames()
    {
    }

    /// <summary>
    /// Paths of members that the contract does not know, such as <c>needs.parts[0].qty</c>; names differ by case. At most 20.
    /// </summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Path of the first name that an object has twice; null if there is none.</summary>
    public string? Repeated { get; private set; }

    /// <exception cref="JsonException">The bytes are not JSON, or too deep.</exception>
    public static BodyNames Read(ReadOnlySpan<byte> utf8, JsonTypeInfo contract)
    {
        BodyNames names = new();
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        reader.Read();
        names.Value(ref reader, contract, "");
        // Reads what follows the value, so that a second value or half of one is noticed.
        while (reader.Read())
        {
        }
        return names;
    }

    private void Value(ref Utf8JsonReader reader, JsonTypeInfo? contract, string path)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            JsonTypeInfo? element = contract is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } type }
                ? contract.Options.GetTypeInfo(type) : null;
            for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                Value(ref reader, element, $"{path}[{i}]");
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
            Object(ref reader, contract, path.Length == 0 ? "" : $"{path}.");
    }

    /// <summary>What stands where no object belongs has no names to be held against; that it stands there the serializer says.</summary>
    private void Object(ref Utf8JsonReader reader, JsonTypeInfo? contract, string prefix)
    {
        FrozenDictionary<string, Type>? members = contract is { Kind: JsonTypeInfoKind.Object } ? MembersOf(contract) : null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = NameOf(ref reader), path = prefix + (name.Length <= MaxNameLength ? name : name[..MaxNameLength]);
            if (!seen.Add(name))
                Repeated ??= path;
            Type? type = null;
            if (members?.TryGetValue(name, out type) == false && _unknown.Count < MaxUnknown)
                _unknown.Add(path);
            reader.Read();
            Value(ref reader, type is null ? null : contract!.Options.GetTypeInfo(type), path);
        }
    }

    private static FrozenDictionary<string, Type> MembersOf(JsonTypeInfo contract) =>
        Members.GetOrAdd(contract.Type, static (_, info) =>
            info.Properties.ToFrozenDictionary(p => p.Name, p => p.PropertyType, StringComparer.Ordinal), contract);

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException halfACharacter)
        {
            throw new JsonException("A name holds half of a surrogate pair.", halfACharacter);
        }
    }
}
