using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Domain.Calendars;

namespace Dispatch.Domain.Messages;

/// <summary>
/// What the holes of a template are filled with. What is null is called by the template's own word for it in templates.json
/// (<c>onTheWay.interval</c>), else by the general one.
/// </summary>
/// <param name="Link">The customer's page for this job.</param>
/// <param name="Label">The printable label of the parcel.</param>
/// <param name="Price">Of a quote, in all.</param>
/// <param name="ValidUntil">Until when it can be answered.</param>
public sealed record MessageValues(
    TimeWindow? Interval = null, string? Technician = null, string? Point = null, DateTimeOffset? PromisedAt = null, string? Waybill = null, string? Link = null, string? Label = null,
    Money? Price = null, DateTimeOffset? ValidUntil = null);

/// <summary>
/// Texts of messages, from templates.json: per template and language one text with named holes. Made anew at every reading, so that nothing personal has to be kept. Times are
/// written by the clock given, figures alike in every culture.
/// </summary>
public sealed partial class MessageTexts
{
    private sealed record Data(Dictionary<string, Dictionary<string, string>> Texts, Dictionary<string, Dictionary<string, string>> Words);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly FrozenDictionary<(MessageTemplate, string), string> texts;
    private readonly FrozenDictionary<(string, string), string> words;

    private MessageTexts(Data data)
    {
        texts = (from template in MessageTemplates.All from text in data.Texts[MessageTemplates.Word(template)] select ((template, text.Key), text.Value)).ToFrozenDictionary(t => t.Item1, t => t.Value);
        words = (from word in data.Words from text in word.Value select ((word.Key, text.Key), text.Value)).ToFrozenDictionary(w => w.Item1, w => w.Value);
    }

    public static MessageTexts Shared { get; } = Load();

    /// <summary>The text with its holes, as it is in the data.</summary>
    public string Template(MessageTemplate template, string language) => texts[(template, language)];

    /// <summary>Names of the holes of a text.</summary>
    public static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(m => m.Groups[1].Value);

    /// <exception cref="InvalidOperationException">The text has a hole for which there is neither a value nor a general word.</exception>
    public string Render(MessageTemplate template, string language, MessageValues values, WallClock clock) =>
        Hole().Replace(texts[(template, language)], hole => Value(hole.Groups[1].Value, language, values, clock)
            ?? words.GetValueOrDefault(($"{MessageTemplates.Word(template)}.{hole.Groups[1].Value}", language))
            ?? words.GetValueOrDefault((hole.Groups[1].Value, language))
            ?? throw new InvalidOperationException($"{MessageTemplates.Word(template)} in {language} has nothing for {hole.Value}"));

    private static string? Value(string hole, string language, MessageValues values, WallClock clock) => hole switch
    {
        "interval" => values.Interval is { } interval ? Interval(interval, language, clock) : null,
        "date" => values.PromisedAt is { } at ? Day(clock.At(at), language) : null,
        "technician" => values.Technician is { } technician ? TextDirection.Isolate(technician) : null,
        "point" => values.Point is { } point ? TextDirection.Isolate(point) : null,
        "waybill" => values.Waybill,
        "price" => values.Price?.ToString(),
        "until" => values.ValidUntil is { } end && clock.At(end) is var local ? $"{Day(local, language)}{Gap(language)}{Clock(local)}" : null,
        "link" => values.Link,
        "label" => values.Label,
        _ => null,
    };

    /// <summary>A plain hyphen: a longer dash would make a whole English message cost twice as much.</summary>
    private static string Interval(TimeWindow interval, string language, WallClock clock)
    {
        DateTimeOffset from = clock.At(interval.From), to = clock.At(interval.To);
        string end = from.Date == to.Date ? Clock(to) : $"{Day(to, language)}{Gap(language)}{Clock(to)}";
        return $"{Day(from, language)}{Gap(language)}{Clock(from)}-{end}";
    }

    private static string Day(DateTimeOffset time, string language) =>
        time.ToString(language == MessageLanguages.English ? "d MMM" : "M'月'd'日'", CultureInfo.InvariantCulture);

    private static string Gap(string language) => language == MessageLanguages.English ? " " : "";

    private static string Clock(DateTimeOffset time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static MessageTexts Load()
    {
        using Stream stream = typeof(MessageTexts).Assembly.GetManifestResourceStream("message-templates.json")
            ?? throw new InvalidOperationException("domain/Messages/templates.json is not built into the assembly.");
        return new MessageTexts(JsonSerializer.Deserialize<Data>(stream, Json)!);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole();
}
