using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.Aggregates;

/// <summary>Events as the streams carry them: a flat object of the event's fields and a few of the state after it.</summary>
public static class EventJson
{
    private const string Discriminator = "$type";

    /// <summary>The public type and the JSON of an event; <paramref name="context"/> wins over fields of the same name.</summary>
    /// <exception cref="InvalidOperationException">The event type has no public name.</exception>
    public static (string Type, string Data) Write<TEvent>(TEvent fact, params ReadOnlySpan<(string Name, JsonNode? Value)> context)
    {
        JsonObject json = JsonSerializer.SerializeToNode(fact, StorageJson.Options)!.AsObject();
        string type = json[Discriminator]?.GetValue<string>() ?? throw new InvalidOperationException($"{fact!.GetType().Name} has no public type");
        json.Remove(Discriminator);
        foreach ((string name, JsonNode? value) in context)
            json[name] = value;
        return (type, json.ToJsonString(StorageJson.Options));
    }

    /// <summary>A word of an enum as the streams write it.</summary>
    public static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
