using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>
/// How files of rules and figures are read: strictly, so that a slip of the pen is noticed when the file is loaded and not by a customer. camelCase names, enums as camelCase words; a member
/// nobody knows, a missing one and one that comes twice are problems.
/// </summary>
public static class RuleText
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>What the text spells, or <c>rules.malformed</c> with the place in it. Whether it makes sense is for the caller to check.</summary>
    /// <param name="file">What problems call it.</param>
    public static (T? Value, Refusal? Problem) Read<T>(string json, string file) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) is { } value ? (value, null) : (null, RuleProblems.Malformed(file, "$"));
        }
        catch (JsonException wrong)
        {
            return (null, RuleProblems.Malformed(file, wrong.Path ?? "$"));
        }
    }
}
