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
    /// <summary>The form of file this program reads.</summary>
    private const int KnownSchema = 1;

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

    /// <summary>The book of that file, or what is wrong with its head or its content: <c>rules.malformed</c>, <c>rules.schema_unknown</c>, <c>rules.invalid</c>.</summary>
    public static (T? Value, Refusal? Problem) ReadBook<T>(RuleFile file) where T : RuleBook
    {
        (T? book, Refusal? problem) = Read<T>(file.Json, file.Name);
        if (problem is not null)
            return (null, problem);
        if (book!.Schema != KnownSchema)
            return (null, RuleProblems.SchemaUnknown(file.Name, book.Schema, KnownSchema));
        RuleCheck check = new();
        check.Text(book.Book, "book");
        check.Text(book.Version, "version");
        book.Check(check);
        return check.Problem(file.Name) is { } wrong ? (null, wrong) : ((T)(RuleBook)book with { Origin = file }, null);
    }
}
